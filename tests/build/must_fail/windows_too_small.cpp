// Windows below the minimum are refused when they are named, not when they are used.
// says: windows too small
#include "mailmote/client.hpp"

int main() {
  static mailmote::ClientBuffer<128, 64> smallest;
#if MISTAKE
  static mailmote::ClientBuffer<64, 64> smaller;
  static_cast<void>(smaller.rx());
#endif
  return smallest.tx().size == 64 ? 0 : 1;
}
