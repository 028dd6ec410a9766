#ifndef MADANG_ADDON_BIND_TCP_H_
#define MADANG_ADDON_BIND_TCP_H_

#include <napi.h>

namespace madang {

// bindTcp(ip, port, joins): a TCP socket that is bound and no more, by its descriptor; or a negative errno. Node has no
// socket that listens on a port from which others connect, as a TCP relay does (RFC 6062 section 5.2). One that joins may
// have the port of another one that was bound here; one that does not has the port for itself, and lets others join.
Napi::Value BindTcp(const Napi::CallbackInfo& info);

}  // namespace madang

#endif  // MADANG_ADDON_BIND_TCP_H_
