#include "batch/rtp_writer.h"

#include <algorithm>
#include <cstring>

#include "batch/picture_ids.h"

namespace madang {
namespace {

constexpr uint16_t kOneByteProfile = 0xbede;
constexpr uint16_t kTwoByteProfile = 0x1000;
constexpr size_t kFixedHeaderBytes = 12;
constexpr uint8_t kExtensionBit = 0x10;
constexpr uint8_t kPaddingBit = 0x20;

void Put16(uint8_t* out, uint32_t value) {
  out[0] = static_cast<uint8_t>(value >> 8);
  out[1] = static_cast<uint8_t>(value);
}

void Put24(uint8_t* out, uint32_t value) {
  out[0] = static_cast<uint8_t>(value >> 16);
  Put16(out + 1, value);
}

void Put32(uint8_t* out, uint32_t value) {
  Put16(out, value >> 16);
  Put16(out + 2, value);
}

// Writes extension elements one behind the other.
class ElementWriter {
 public:
  ElementWriter(uint8_t* out, bool is_two_byte) : out_(out), is_two_byte_(is_two_byte) {}

  // Where the data of a new element go; null when the form can't say it, and the element is left out.
  uint8_t* Add(uint8_t id, size_t bytes) {
    if (is_two_byte_) {
      *out_++ = id;
      *out_++ = static_cast<uint8_t>(bytes);
    } else {
      if (id > 14 || bytes < 1 || bytes > 16) return nullptr;
      *out_++ = static_cast<uint8_t>(id << 4 | (bytes - 1));
    }
    uint8_t* data = out_;
    out_ += bytes;
    return data;
  }

  void AddEncoded(const uint8_t* bytes, size_t length) {
    if (length > 0) memcpy(out_, bytes, length);
    out_ += length;
  }

  uint8_t* end() const { return out_; }

 private:
  uint8_t* out_;
  bool is_two_byte_;
};

// Writes the extension block; returns its end, `out` itself when there is no extension.
uint8_t* WriteExtensions(const TxRow& row, const ExtensionIds& ids, const RtpParts& parts, uint8_t* out) {
  const bool is_two_byte = (row.form & form::kTwoByteExtensions) != 0;
  ElementWriter elements(out + 4, is_two_byte);
  if ((row.form & form::kMid) != 0 && ids.mid != 0 && parts.mid != nullptr) {
    uint8_t* data = elements.Add(ids.mid, parts.mid->size());
    if (data != nullptr) memcpy(data, parts.mid->data(), parts.mid->size());
  }
  if ((row.form & form::kTransportSeq) != 0 && ids.transport_seq != 0) {
    uint8_t* data = elements.Add(ids.transport_seq, 2);
    if (data != nullptr) Put16(data, static_cast<uint32_t>(row.transport_seq16));
  }
  if ((row.form & form::kAbsSendTime) != 0 && ids.abs_send_time != 0) {
    uint8_t* data = elements.Add(ids.abs_send_time, 3);
    if (data != nullptr) Put24(data, parts.abs_send_time);
  }
  if ((row.form & form::kExtra) != 0) elements.AddEncoded(parts.extra, parts.extra_bytes);
  uint8_t* end = elements.end();
  if (end == out + 4) return out;
  while ((end - out) % 4 != 0) *end++ = 0;
  Put16(out, is_two_byte ? kTwoByteProfile : kOneByteProfile);
  Put16(out + 2, static_cast<uint32_t>(end - out) / 4 - 1);
  return end;
}

// A packet of nothing but padding, to probe with: the last byte says how many there are (RFC 3550 section 5.1).
uint8_t* WritePadding(size_t bytes, uint8_t* out) {
  memset(out, 0, bytes);
  out[bytes - 1] = static_cast<uint8_t>(bytes);
  return out + bytes;
}

uint8_t* WritePayload(const TxRow& row, const RtpParts& parts, uint8_t* out) {
  if ((row.form & form::kRtx) != 0) {
    Put16(out, static_cast<uint32_t>(row.original_seq16));
    out += 2;
  }
  memcpy(out, parts.payload, parts.payload_bytes);
  if ((row.form & (form::kPictureId | form::kLayerIds)) != 0) ReplacePictureIds(row, out, parts.payload_bytes);
  return out + parts.payload_bytes;
}

}  // namespace

size_t WriteRtp(const TxRow& row, const ExtensionIds& ids, const RtpParts& parts, uint8_t* out) {
  out[0] = 0x80;
  out[1] = static_cast<uint8_t>(row.payload_type);
  Put16(out + 2, static_cast<uint32_t>(row.seq16));
  Put32(out + 4, static_cast<uint32_t>(row.rtp_ts));
  Put32(out + 8, static_cast<uint32_t>(row.ssrc));
  uint8_t* const body = out + kFixedHeaderBytes;
  constexpr int32_t kAnyExtension = form::kMid | form::kTransportSeq | form::kAbsSendTime | form::kExtra;
  uint8_t* at = (row.form & kAnyExtension) != 0 ? WriteExtensions(row, ids, parts, body) : body;
  if (at != body) out[0] |= kExtensionBit;
  if ((row.form & form::kPadding) != 0) {
    out[0] |= kPaddingBit;
    at = WritePadding(parts.payload_bytes, at);
  } else {
    at = WritePayload(row, parts, at);
  }
  return static_cast<size_t>(at - out);
}

}  // namespace madang
