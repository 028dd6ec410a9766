#ifndef MADANG_ADDON_TABLES_H_
#define MADANG_ADDON_TABLES_H_

#include <napi.h>

namespace madang {

// The columns, kinds and forms of the batch table as C++ has them: {RX, TX, KIND, FORM}, each {name: number}. A test
// compares them with those of TypeScript.
Napi::Object Tables(Napi::Env env);

}  // namespace madang

#endif  // MADANG_ADDON_TABLES_H_
