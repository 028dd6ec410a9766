#include "addon/media_plane.h"

#include <openssl/rand.h>

#include <cerrno>
#include <string>

#include "addon/arguments.h"

namespace madang {
namespace {

constexpr int32_t kNoAddress = -2;

PlaneOptions ReadOptions(const Napi::Object& options) {
  const auto size = [&options](const char* name) { return static_cast<uint32_t>(IntOption(options, name)); };
  PlaneOptions read{};
  read.sizes = ArenaSizes{size("rxRows"), size("txRows"), size("inlineBytes"), size("slots"), size("slotBytes")};
  read.addresses = size("addresses");
  read.ports = size("ports");
  read.peers = size("peers");
  read.connections = size("connections");
  read.connections_per_host = size("connectionsPerHost");
  RAND_bytes(reinterpret_cast<unsigned char*>(&read.seed), sizeof read.seed);
  return read;
}

}  // namespace

Napi::Function MediaPlane::Define(Napi::Env env) {
  return DefineClass(env, "MediaPlane",
                     {
                         InstanceMethod("memory", &MediaPlane::Memory),
                         InstanceMethod("flush", &MediaPlane::Flush),
                         InstanceMethod("bind", &MediaPlane::Bind),
                         InstanceMethod("listenTcp", &MediaPlane::ListenTcp),
                         InstanceMethod("unbind", &MediaPlane::Unbind),
                         InstanceMethod("addressIx", &MediaPlane::AddressIx),
                         InstanceMethod("address", &MediaPlane::Address),
                         InstanceMethod("keepAddress", &MediaPlane::KeepAddress),
                         InstanceMethod("releaseAddress", &MediaPlane::ReleaseAddress),
                         InstanceMethod("addMid", &MediaPlane::AddMid),
                         InstanceMethod("counts", &MediaPlane::Counts),
                         InstanceMethod("close", &MediaPlane::Close),
                         InstanceMethod("openPeer", &MediaPlane::OpenPeer),
                         InstanceMethod("closePeer", &MediaPlane::ClosePeer),
                         InstanceMethod("keyPeer", &MediaPlane::KeyPeer),
                         InstanceMethod("beginDtls", &MediaPlane::BeginDtls),
                         InstanceMethod("setFingerprint", &MediaPlane::SetFingerprint),
                         InstanceMethod("setIdentity", &MediaPlane::SetIdentity),
                         InstanceMethod("fingerprint", &MediaPlane::Fingerprint),
                         InstanceMethod("admit", &MediaPlane::Admit),
                         InstanceMethod("usePath", &MediaPlane::UsePath),
                         InstanceMethod("setExtensionIds", &MediaPlane::SetExtensionIds),
                     });
}

MediaPlane::MediaPlane(const Napi::CallbackInfo& info) : Napi::ObjectWrap<MediaPlane>(info) {
  loop_ = PlaneLoop::Open(info.Env(), ReadOptions(info[0].As<Napi::Object>()), Value(), info[1].As<Napi::Function>(),
                          &loop_);
}

Plane* MediaPlane::Open(Info info) {
  if (loop_ != nullptr) return &loop_->plane();
  Napi::Error::New(info.Env(), "the media plane is closed").ThrowAsJavaScriptException();
  return nullptr;
}

Napi::Value MediaPlane::Memory(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const Napi::Env env = info.Env();
  // The memory stays as long as either side holds it.
  auto* arena = new std::shared_ptr<Arena>(plane->arena());
  const Arena& parts = **arena;
  Napi::Object memory = Napi::Object::New(env);
  memory.Set("buffer",
             Napi::ArrayBuffer::New(
                 env, parts.data(), parts.bytes(),
                 [](Napi::BasicEnv, void*, std::shared_ptr<Arena>* held) { delete held; }, arena));
  const auto set = [&](const char* name, size_t at) { memory.Set(name, Napi::Number::New(env, static_cast<double>(at))); };
  set("rxRowsAt", parts.rx_rows_at);
  set("txRowsAt", parts.tx_rows_at);
  set("txHeadAt", parts.tx_head_at);
  set("returnedAt", parts.returned_at);
  set("heldAt", parts.held_at);
  set("inlineAt", parts.inline_at);
  set("slabAt", parts.slab_at);
  return memory;
}

void MediaPlane::Flush(Info info) {
  if (Open(info) != nullptr) loop_->Flush();
}

Napi::Value MediaPlane::Bind(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const Napi::Env env = info.Env();
  const auto options = info[0].As<Napi::Object>();
  UdpPortOptions wanted{};
  Napi::Object result = Napi::Object::New(env);
  const std::string ip = options.Get("ip").As<Napi::String>();
  int error = EINVAL;
  int32_t port_ix = -1;
  if (SocketAddress::Parse(ip.c_str(), static_cast<uint16_t>(IntOption(options, "port")), &wanted.local)) {
    wanted.is_dual_stack = FlagOption(options, "dualStack");
    wanted.receive_buffer_bytes = IntOption(options, "receiveBufferBytes");
    wanted.send_buffer_bytes = IntOption(options, "sendBufferBytes");
    wanted.dscp = IntOption(options, "dscp");
    wanted.ecn = IntOption(options, "ecn");
    wanted.segments = FlagOption(options, "segments");
    wanted.coalesces = FlagOption(options, "coalesces");
    wanted.for_peers = FlagOption(options, "forPeers");
    wanted.stamps = FlagOption(options, "stamps");
    wanted.queue_bytes = static_cast<uint32_t>(IntOption(options, "queueBytes"));
    error = plane->Bind(wanted, &port_ix);
  }
  result.Set("error", error);
  if (error != 0) return result;
  const UdpPort& port = *plane->port(port_ix);
  const SocketAddress local = port.Local();
  result.Set("portIx", port_ix);
  result.Set("ip", local.Ip());
  result.Set("port", local.port);
  result.Set("receiveBufferBytes", port.ReceiveBufferBytes());
  result.Set("sendBufferBytes", port.SendBufferBytes());
  result.Set("segments", port.segments());
  result.Set("coalesces", port.coalesces());
  return result;
}

Napi::Value MediaPlane::ListenTcp(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const auto options = info[0].As<Napi::Object>();
  Napi::Object result = Napi::Object::New(info.Env());
  TcpPortOptions wanted{};
  int32_t port_ix = -1;
  int error = EINVAL;
  const std::string ip = options.Get("ip").As<Napi::String>();
  if (SocketAddress::Parse(ip.c_str(), static_cast<uint16_t>(IntOption(options, "port")), &wanted.local)) {
    wanted.is_dual_stack = FlagOption(options, "dualStack");
    wanted.send_buffer_bytes = IntOption(options, "sendBufferBytes");
    wanted.dscp = IntOption(options, "dscp");
    wanted.queue_bytes = static_cast<uint32_t>(IntOption(options, "queueBytes"));
    error = plane->ListenTcp(wanted, &port_ix);
  }
  result.Set("error", error);
  if (error != 0) return result;
  const SocketAddress local = plane->tcp().Local(port_ix);
  result.Set("portIx", port_ix);
  result.Set("ip", local.Ip());
  result.Set("port", local.port);
  return result;
}

Napi::Value MediaPlane::Unbind(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Boolean::New(info.Env(), plane->Unbind(IntArgument(info, 0)));
}

Napi::Value MediaPlane::AddressIx(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const std::string ip = info[0].As<Napi::String>();
  SocketAddress address;
  const bool is_address = SocketAddress::Parse(ip.c_str(), static_cast<uint16_t>(IntArgument(info, 1)), &address);
  return Napi::Number::New(info.Env(), is_address ? plane->addresses().See(address) : kNoAddress);
}

Napi::Value MediaPlane::Address(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const SocketAddress* address = plane->addresses().Get(IntArgument(info, 0));
  if (address == nullptr) return info.Env().Null();
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("ip", address->Ip());
  result.Set("port", address->port);
  return result;
}

Napi::Value MediaPlane::KeepAddress(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Boolean::New(info.Env(), plane->addresses().Keep(IntArgument(info, 0)));
}

Napi::Value MediaPlane::ReleaseAddress(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Boolean::New(info.Env(), plane->addresses().Release(IntArgument(info, 0)));
}

Napi::Value MediaPlane::AddMid(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  return Napi::Number::New(info.Env(), plane->AddMid(info[0].As<Napi::String>()));
}

Napi::Value MediaPlane::Counts(Info info) {
  Plane* plane = Open(info);
  if (plane == nullptr) return {};
  const Napi::Env env = info.Env();
  Napi::Object counts = Napi::Object::New(env);
  const auto set = [&](const char* name, uint64_t count) {
    counts.Set(name, Napi::Number::New(env, static_cast<double>(count)));
  };
  for (size_t ix = 0; ix < kCountEnd; ix++) set(kCountNames[ix], plane->counts()[ix]);
  set("portsOpen", plane->ports_open());
  set("peersOpen", plane->peers_open());
  set("connectionsOpen", plane->tcp().connections_open());
  set("freeSlots", plane->free_slots());
  set("addresses", plane->addresses().size());
  set("addressesEvicted", plane->addresses().evictions());
  return counts;
}

void MediaPlane::Close(Info) {
  if (loop_ != nullptr) loop_->Close();
}

}  // namespace madang
