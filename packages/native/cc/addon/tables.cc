#include "addon/tables.h"

#include "batch/columns.h"

namespace madang {
namespace {

template <size_t kCount>
Napi::Object Numbers(Napi::Env env, const NamedNumber (&list)[kCount]) {
  Napi::Object numbers = Napi::Object::New(env);
  for (const NamedNumber& entry : list) numbers.Set(entry.name, entry.number);
  return numbers;
}

}  // namespace

Napi::Object Tables(Napi::Env env) {
  Napi::Object tables = Napi::Object::New(env);
  tables.Set("RX", Numbers(env, kRxColumns));
  tables.Set("TX", Numbers(env, kTxColumns));
  tables.Set("KIND", Numbers(env, kKinds));
  tables.Set("FORM", Numbers(env, kForms));
  return tables;
}

}  // namespace madang
