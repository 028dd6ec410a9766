#include "batch/picture_ids.h"

namespace madang {
namespace {

constexpr uint8_t kLongPictureId = 0x80;

// Replaces the picture id at `at` if the row asks for it; returns where the next field begins, `bytes` when past the end.
size_t ReplacePictureId(const TxRow& row, uint8_t* payload, size_t bytes, size_t at) {
  if (at >= bytes) return bytes;
  const bool is_long = (payload[at] & kLongPictureId) != 0;
  if (is_long && at + 1 >= bytes) return bytes;
  if ((row.form & form::kPictureId) != 0) {
    const auto id = static_cast<uint32_t>(row.picture_id);
    if (is_long) {
      payload[at] = static_cast<uint8_t>(kLongPictureId | (id >> 8 & 0x7f));
      payload[at + 1] = static_cast<uint8_t>(id);
    } else {
      payload[at] = static_cast<uint8_t>(id & 0x7f);
    }
  }
  return at + (is_long ? 2 : 1);
}

//   |X|R|N|S|R| PID |
//   |I|L|T|K| RSV   |   if X
//   |M| picture id  |   if I; a second byte if M
//   |  TL0PICIDX    |   if L
//   |TID|Y| KEYIDX  |   if T or K
void ReplaceInVp8(const TxRow& row, uint8_t* payload, size_t bytes) {
  if (bytes < 2 || (payload[0] & 0x80) == 0) return;
  const uint8_t fields = payload[1];
  size_t at = 2;
  if ((fields & 0x80) != 0) at = ReplacePictureId(row, payload, bytes, at);
  if ((row.form & form::kLayerIds) == 0) return;
  const auto layer_ids = static_cast<uint32_t>(row.layer_ids);
  if ((fields & 0x40) != 0) {
    if (at >= bytes) return;
    payload[at++] = static_cast<uint8_t>(layer_ids);
  }
  if ((fields & 0x10) != 0 && at < bytes) payload[at] = static_cast<uint8_t>((payload[at] & 0xe0) | (layer_ids >> 8 & 0x1f));
}

//   |I|P|L|F|B|E|V|Z|
//   |M| picture id  |   if I; a second byte if M
//   | TID |U|SID |D |   if L
//   |  TL0PICIDX    |   if L and not F
void ReplaceInVp9(const TxRow& row, uint8_t* payload, size_t bytes) {
  if (bytes < 1) return;
  const uint8_t fields = payload[0];
  size_t at = 1;
  if ((fields & 0x80) != 0) at = ReplacePictureId(row, payload, bytes, at);
  const bool has_index = (fields & 0x20) != 0 && (fields & 0x10) == 0;
  if ((row.form & form::kLayerIds) != 0 && has_index && at + 1 < bytes) payload[at + 1] = static_cast<uint8_t>(row.layer_ids);
}

}  // namespace

void ReplacePictureIds(const TxRow& row, uint8_t* payload, size_t bytes) {
  if ((row.form & form::kVp9) != 0) ReplaceInVp9(row, payload, bytes);
  else ReplaceInVp8(row, payload, bytes);
}

}  // namespace madang
