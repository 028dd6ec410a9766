#include "addon/dtls_session_object.h"

#include "addon/byte_arguments.h"
#include "addon/dtls_identity_object.h"
#include "addon/srtp_pair_object.h"

namespace madang {

namespace {

double TimeOf(const Napi::Value& value) {
  double ms = 0;
  napi_get_value_double(value.Env(), value, &ms);
  return ms;
}

bool Flag(const Napi::Object& options, const char* name) { return options.Get(name).ToBoolean(); }

DtlsOptions OptionsOf(const Napi::Object& options) {
  DtlsOptions read;
  read.role = Flag(options, "isClient") ? DtlsRole::kClient : DtlsRole::kServer;
  read.max_datagram = options.Get("maxDatagramBytes").ToNumber().Uint32Value();
  read.needs_srtp = Flag(options, "needsSrtp");
  read.after_cookie = Flag(options, "afterCookie");
  read.needs_certificate = Flag(options, "needsCertificate");
  read.max_data_datagram = options.Get("maxDataDatagramBytes").ToNumber().Uint32Value();
  return read;
}

Napi::Array Arrays(Napi::Env env, std::vector<std::vector<uint8_t>>* records) {
  const Napi::Array array = Napi::Array::New(env, records->size());
  for (uint32_t ix = 0; ix < records->size(); ++ix) {
    array.Set(ix, Napi::Buffer<uint8_t>::Copy(env, (*records)[ix].data(), (*records)[ix].size()));
  }
  records->clear();
  return array;
}

}  // namespace

Napi::Function DtlsSessionObject::Define(Napi::Env env) {
  return DefineClass(env, "DtlsSession",
                     {InstanceMethod<&DtlsSessionObject::SetRemoteFingerprint>("setRemoteFingerprint"),
                      InstanceMethod<&DtlsSessionObject::Start>("start"),
                      InstanceMethod<&DtlsSessionObject::Receive>("receive"),
                      InstanceMethod<&DtlsSessionObject::NextTimeoutMs>("nextTimeoutMs"),
                      InstanceMethod<&DtlsSessionObject::HandleTimeout>("handleTimeout"),
                      InstanceMethod<&DtlsSessionObject::Send>("send"),
                      InstanceMethod<&DtlsSessionObject::Close>("close"),
                      InstanceMethod<&DtlsSessionObject::Status>("status"),
                      InstanceMethod<&DtlsSessionObject::TakeSrtp>("takeSrtp")});
}

DtlsSessionObject::DtlsSessionObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<DtlsSessionObject>(info) {
  identity_ = DtlsIdentityObject::From(info[0]);
  if (!identity_) return;
  DtlsSink* sink = this;
  session_ = std::make_unique<DtlsSession>(identity_.get(), sink, OptionsOf(info[1].ToObject()));
}

Napi::Value DtlsSessionObject::SetRemoteFingerprint(Info info) {
  const ByteArgument fingerprint = NeedBytes(info, 0);
  if (fingerprint.length == kFingerprintBytes) session_->SetRemoteFingerprint(fingerprint.bytes);
  return TakeOutput(info.Env());
}

Napi::Value DtlsSessionObject::Start(Info info) {
  session_->Start(TimeOf(info[0]));
  return TakeOutput(info.Env());
}

Napi::Value DtlsSessionObject::Receive(Info info) {
  const ByteArgument datagram = NeedBytes(info, 0);
  if (datagram) session_->Receive(datagram.bytes, datagram.length, TimeOf(info[1]));
  return TakeOutput(info.Env());
}

Napi::Value DtlsSessionObject::NextTimeoutMs(Info info) {
  return Napi::Number::New(info.Env(), session_->NextTimeoutMs(TimeOf(info[0])));
}

Napi::Value DtlsSessionObject::HandleTimeout(Info info) {
  session_->HandleTimeout(TimeOf(info[0]));
  return TakeOutput(info.Env());
}

Napi::Value DtlsSessionObject::Send(Info info) {
  const ByteArgument data = NeedBytes(info, 0);
  const bool is_sent = data && session_->Send(data.bytes, data.length);
  return is_sent ? TakeOutput(info.Env()) : info.Env().Null();
}

Napi::Value DtlsSessionObject::Close(Info info) {
  session_->Close();
  return TakeOutput(info.Env());
}

Napi::Value DtlsSessionObject::Status(Info info) {
  const Napi::Object status = Napi::Object::New(info.Env());
  status.Set("state", static_cast<int>(session_->state()));
  status.Set("failure", static_cast<int>(session_->failure()));
  status.Set("alertReceived", session_->alert_received());
  status.Set("alertSent", session_->alert_sent());
  status.Set("srtpProfile", static_cast<int>(session_->srtp_profile()));
  status.Set("maxDataBytes", static_cast<double>(session_->max_data_bytes()));
  status.Set("droppedRecords", static_cast<double>(session_->dropped_records()));
  return status;
}

Napi::Value DtlsSessionObject::TakeSrtp(Info info) {
  SrtpPairObject* pair = SrtpPairObject::From(info[0]);
  const bool is_taken = pair != nullptr && session_->TakeSrtp(pair->sender(), pair->receiver());
  return Napi::Boolean::New(info.Env(), is_taken);
}

void DtlsSessionObject::OnDtlsDatagram(const uint8_t* datagram, size_t length) {
  datagrams_.emplace_back(datagram, datagram + length);
}

void DtlsSessionObject::OnDtlsData(const uint8_t* data, size_t length) { data_.emplace_back(data, data + length); }

Napi::Value DtlsSessionObject::TakeOutput(Napi::Env env) {
  const Napi::Object output = Napi::Object::New(env);
  output.Set("datagrams", Arrays(env, &datagrams_));
  output.Set("data", Arrays(env, &data_));
  return output;
}

}  // namespace madang
