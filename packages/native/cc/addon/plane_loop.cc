#include "addon/plane_loop.h"

#include <cmath>
#include <utility>

namespace madang {

PlaneLoop* PlaneLoop::Open(Napi::Env env, const PlaneOptions& options, Napi::Object owner, Napi::Function on_batch,
                           PlaneLoop** owner_slot) {
  auto* loop = new PlaneLoop(env, owner_slot);
  if (!loop->Start(options)) {
    delete loop;
    Napi::Error::New(env, "the system refuses memory or descriptors for a media plane").ThrowAsJavaScriptException();
    return nullptr;
  }
  loop->owner_ = Napi::Persistent(owner);
  loop->on_batch_ = Napi::Persistent(on_batch);
  napi_add_async_cleanup_hook(env, OnCleanup, loop, &loop->cleanup_);
  return loop;
}

bool PlaneLoop::Start(const PlaneOptions& options) {
  uv_loop_t* uv_loop = nullptr;
  if (napi_get_uv_event_loop(env_, &uv_loop) != napi_ok) return false;
  plane_ = Plane::Create(options, this);
  if (plane_ == nullptr || uv_poll_init(uv_loop, &poll_, plane_->fd()) != 0) return false;
  uv_timer_init(uv_loop, &timer_);
  handles_ = 2;
  poll_.data = timer_.data = this;
  uv_poll_start(&poll_, UV_READABLE, OnPoll);
  return true;
}

int32_t* PlaneLoop::TxHead() const {
  const Arena& arena = *plane_->arena();
  return reinterpret_cast<int32_t*>(arena.data() + arena.tx_head_at);
}

void PlaneLoop::Flush() {
  int32_t* head = TxHead();
  const int32_t rows = std::exchange(head[0], 0);
  plane_->Transmit(rows, std::exchange(head[1], 0));
  SetTimer();
}

void PlaneLoop::OnPoll(uv_poll_t* poll, int, int) { static_cast<PlaneLoop*>(poll->data)->Run(&Plane::Process); }

void PlaneLoop::OnTimer(uv_timer_t* timer) { static_cast<PlaneLoop*>(timer->data)->Run(&Plane::HandleTimeouts); }

void PlaneLoop::Run(void (Plane::*work)()) {
  is_processing_ = true;
  ((*plane_).*work)();
  is_processing_ = false;
  if (is_closing_) plane_.reset();
  else SetTimer();
}

void PlaneLoop::SetTimer() {
  // While the plane runs, its end sets the timer.
  if (is_processing_) return;
  const double wait_ms = plane_->NextTimeoutMs();
  if (wait_ms >= 0) uv_timer_start(&timer_, OnTimer, static_cast<uint64_t>(std::ceil(wait_ms)), 0);
  else if (uv_is_active(reinterpret_cast<uv_handle_t*>(&timer_)) != 0) uv_timer_stop(&timer_);
}

// JavaScript sees the rows, and what it has written to the transmit table is sent.
bool PlaneLoop::OnBatch(int rows) {
  const Napi::HandleScope scope(env_);
  napi_value count;
  napi_create_int32(env_, rows, &count);
  napi_value result;
  const napi_status status =
      napi_make_callback(env_, nullptr, owner_.Value(), on_batch_.Value(), 1, &count, &result);
  if (is_closing_) return false;
  if (status != napi_ok) {
    napi_value error = nullptr;
    // Nothing is pending when the thread is being stopped: no JavaScript runs there any more.
    if (status != napi_pending_exception || napi_get_and_clear_last_exception(env_, &error) != napi_ok) return false;
    napi_fatal_exception(env_, error);
    if (is_closing_) return false;
  }
  Flush();
  return true;
}

void PlaneLoop::Close() {
  if (is_closing_) return;
  is_closing_ = true;
  *owner_slot_ = nullptr;
  on_batch_.Reset();
  owner_.Reset();
  uv_poll_stop(&poll_);
  uv_close(reinterpret_cast<uv_handle_t*>(&timer_), OnClosed);
  uv_close(reinterpret_cast<uv_handle_t*>(&poll_), OnClosed);
  if (!is_processing_) plane_.reset();
}

void PlaneLoop::OnClosed(uv_handle_t* handle) {
  auto* self = static_cast<PlaneLoop*>(handle->data);
  if (--self->handles_ > 0) return;
  napi_remove_async_cleanup_hook(self->cleanup_);
  delete self;
}

void PlaneLoop::OnCleanup(napi_async_cleanup_hook_handle, void* self) { static_cast<PlaneLoop*>(self)->Close(); }

}  // namespace madang
