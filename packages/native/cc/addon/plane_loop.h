#ifndef MADANG_ADDON_PLANE_LOOP_H_
#define MADANG_ADDON_PLANE_LOOP_H_

#include <napi.h>
#include <uv.h>

#include <memory>

#include "plane/plane.h"

namespace madang {

// Drives a plane by the event loop of its thread, and calls JavaScript for each batch.
//
// It deletes itself when it has been closed and the event loop has let go of its handles: after Close(), or when the
// environment ends (a worker is stopped, the process exits), whatever comes first.
class PlaneLoop : private BatchListener {
 public:
  // Null, with a JavaScript exception pending, when the system refuses.
  static PlaneLoop* Open(Napi::Env env, const PlaneOptions& options, Napi::Object owner, Napi::Function on_batch,
                         PlaneLoop** owner_slot);

  Plane& plane() { return *plane_; }
  // After calls that may have moved the next timeout of the plane.
  void SetTimer();
  // Sends what JavaScript has announced in the head of the transmit table.
  void Flush();
  // Stops at once: sockets are closed, JavaScript hears nothing more. Sets the owner's pointer to null.
  void Close();

 private:
  PlaneLoop(Napi::Env env, PlaneLoop** owner_slot) : env_(env), owner_slot_(owner_slot) {}
  ~PlaneLoop() override = default;

  bool Start(const PlaneOptions& options);
  bool OnBatch(int rows) override;
  int32_t* TxHead() const;

  static void OnPoll(uv_poll_t* poll, int status, int events);
  static void OnTimer(uv_timer_t* timer);
  void Run(void (Plane::*work)());
  static void OnClosed(uv_handle_t* handle);
  static void OnCleanup(napi_async_cleanup_hook_handle handle, void* self);

  Napi::Env env_;
  PlaneLoop** owner_slot_;
  std::unique_ptr<Plane> plane_;
  // Keeps the owner alive while the plane is open.
  Napi::ObjectReference owner_;
  Napi::FunctionReference on_batch_;
  napi_async_cleanup_hook_handle cleanup_ = nullptr;
  uv_poll_t poll_;
  uv_timer_t timer_;
  int handles_ = 0;
  bool is_processing_ = false;
  bool is_closing_ = false;
};

}  // namespace madang

#endif  // MADANG_ADDON_PLANE_LOOP_H_
