// The calls of a plane that are about shortcuts.
#include "addon/arguments.h"
#include "addon/media_plane.h"

namespace madang {

Napi::Value MediaPlane::OpenShortcut(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  Shortcut wanted{};
  wanted.from_port_ix = IntArgument(info, 0);
  wanted.from_address_ix = IntArgument(info, 1);
  wanted.to_port_ix = IntArgument(info, 2);
  wanted.to_address_ix = IntArgument(info, 3);
  wanted.takes_number = IntArgument(info, 4);
  wanted.puts_number = IntArgument(info, 5);
  wanted.tally = IntArgument(info, 6);
  return Napi::Number::New(info.Env(), plane->shortcuts().Open(wanted, info[7].As<Napi::Number>().DoubleValue()));
}

Napi::Value MediaPlane::CloseShortcut(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Boolean::New(info.Env(), plane->shortcuts().Close(IntArgument(info, 0)));
}

}  // namespace madang
