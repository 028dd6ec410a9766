// The writer of RTP packets: random rows over random payloads, in memory that ends where it may write.
#include "batch/picture_ids.h"
#include "batch/rtp_writer.h"
#include "mutate.h"

namespace madang {
namespace {

TxRow RandomRow(Seeded* random) {
  TxRow row;
  auto* columns = reinterpret_cast<int32_t*>(&row);
  for (size_t ix = 0; ix < sizeof row / sizeof *columns; ix++) columns[ix] = static_cast<int32_t>(random->Next());
  return row;
}

uint64_t TryWrite(Seeded* random) {
  TxRow row = RandomRow(random);
  if (random->OneIn(2)) row.form &= ~form::kPadding;
  const bool is_padding = (row.form & form::kPadding) != 0;
  Bytes payload(is_padding ? 1 + random->Below(255) : random->Below(40));
  Bytes extra(random->Below(256));
  random->Fill(payload.data(), payload.size());
  random->Fill(extra.data(), extra.size());
  const std::string mid(1 + random->Below(32), 'm');
  const auto id = [random] { return static_cast<uint8_t>(random->Next()); };
  const ExtensionIds ids{id(), id(), id()};
  Exact exact_payload(payload);
  Exact exact_extra(extra);
  const RtpParts parts{exact_payload.data(), payload.size(), exact_extra.data(), extra.size(),
                       random->OneIn(3) ? nullptr : &mid, random->Next()};
  Exact out(Bytes(payload.size() + kMaxRtpOverhead));
  const size_t length = WriteRtp(row, ids, parts, out.data());
  Fuzzing::Expect(length >= 12 + payload.size() && length <= out.size(), "a packet is as long as its parts");
  Fuzzing::Expect(out.data()[0] >> 6 == 2, "the version is 2");
  return 1;
}

uint64_t TryPictureIds(Seeded* random) {
  TxRow row = RandomRow(random);
  Bytes payload(random->Below(8));
  random->Fill(payload.data(), payload.size());
  Exact exact(payload);
  ReplacePictureIds(row, exact.data(), exact.size());
  return 1;
}

}  // namespace
}  // namespace madang

int main(int count, char** arguments) {
  using namespace madang;
  Fuzzing fuzzing(count, arguments);
  fuzzing.Run("WriteRtp", TryWrite);
  fuzzing.Run("ReplacePictureIds", TryPictureIds);
  return 0;
}
