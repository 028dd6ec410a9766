#include "batch/counts.h"

namespace madang {

const char* const kCountNames[kCountEnd] = {
#define MADANG_NAME(enumerator, name) name,
    MADANG_COUNTS(MADANG_NAME)
#undef MADANG_NAME
};

}  // namespace madang
