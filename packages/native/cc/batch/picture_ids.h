#ifndef MADANG_BATCH_PICTURE_IDS_H_
#define MADANG_BATCH_PICTURE_IDS_H_

#include <cstddef>
#include <cstdint>

#include "batch/columns.h"

namespace madang {

// Replaces the picture id, and TL0PICIDX with KEYIDX, in a VP8 payload descriptor (RFC 7741 section 4.2), or picture id
// and TL0PICIDX in that of VP9 (RFC 9628 section 4.2) when the row's form says kVp9. Fields keep their sizes: a picture
// id that has seven bits there gets the low seven. Fields that the descriptor lacks stay away; of a descriptor that ends
// early nothing past its end is touched.
void ReplacePictureIds(const TxRow& row, uint8_t* payload, size_t bytes);

}  // namespace madang

#endif  // MADANG_BATCH_PICTURE_IDS_H_
