// Attention of packed documents: turn, compare, mix, with a sink per head, in one pass.
//
// Each piece looks at those of its document that are at most `reach` away. Keys and values are
// laid in panels once; then items of (32 queries, key head) are taken by threads one after the
// other, and each compares its queries with the keys that one of them may see, and no others.

#include <omp.h>

#include <atomic>
#include <vector>

#include "products.h"

namespace {

constexpr int kQueries = 32;

struct Shape {
  int64_t n, padded;  // rows, and up to a multiple of kQueries
  int heads, kv, d, reach;
  int width() const { return (heads + 2 * kv) * d; }  // of queries, keys and values of a row
};

// Where the documents of each row begin and end.
struct Bounds {
  std::vector<int> first, end;
  Bounds(const int64_t* segments, int64_t n) : first(n), end(n) {
    for (int64_t i = 0; i < n; ++i)
      first[i] = i && segments[i] == segments[i - 1] ? first[i - 1] : int(i);
    for (int64_t i = n; i-- > 0;)
      end[i] = i + 1 < n && segments[i] == segments[i + 1] ? end[i + 1] : int(i + 1);
  }
};

// Turns neighbouring pairs of a head by the angles of their position, (d / 2, {cosine, sine}).
template <typename E>
void turn(const E* x, const float* rope, int d, float* out) {
  for (int i = 0; i < d; i += 16) {
    const __m512 v = widen(x + i), angle = _mm512_loadu_ps(rope + i);
    const __m512 swapped = _mm512_permute_ps(v, 0xb1);
    const __m512 sine = _mm512_mul_ps(swapped, _mm512_movehdup_ps(angle));
    _mm512_storeu_ps(out + i, _mm512_fmaddsub_ps(v, _mm512_moveldup_ps(angle), sine));
  }
}

// A key is an output of the first product: its inputs go to one column of a panel.
template <typename T>
void lay_key(const typename T::Element* key, int64_t row, int d, typename T::Element* panels) {
  auto* panel = panels + row / kPanel * kPanel * d + row % kPanel * T::kSide;
  for (int i = 0; i < d; i += T::kSide)
    std::memcpy(panel + i * kPanel, key + i, T::kSide * sizeof(*key));
}

// A value is an input of the second one: it goes to one line of each panel.
template <typename T>
void lay_value(const typename T::Element* value, int64_t row, const Shape& s,
               typename T::Element* panels) {
  for (int i = 0; i < s.d; ++i) {
    auto* panel = panels + i / kPanel * s.padded * kPanel + row / T::kSide * T::kSide * kPanel;
    panel[i % kPanel * T::kSide + row % T::kSide] = value ? value[i] : 0;
  }
}

// Lays keys (turned) and values of 32 rows, all heads. Rows past the end are zero.
template <typename T>
void lay(const Shape& s, int64_t block, const typename T::Element* qkv, const float* rope,
         typename T::Element* keys, typename T::Element* values) {
  std::vector<float> turned(s.d);
  std::vector<typename T::Element> key(s.d);
  for (int64_t i = block * kQueries; i < (block + 1) * kQueries; ++i)
    for (int j = 0; j < s.kv; ++j) {
      const auto* row = i < s.n ? qkv + i * s.width() + (s.heads + j) * s.d : nullptr;
      std::fill(turned.begin(), turned.end(), 0.0f);
      if (row) turn(row, rope + i * s.d, s.d, turned.data());
      narrow(turned.data(), s.d, key.data());
      lay_key<T>(key.data(), i, s.d, keys + j * s.padded * s.d);
      lay_value<T>(row ? row + s.kv * s.d : nullptr, i, s, values + j * s.padded * s.d);
    }
}

// Which of the 16 numbers from `at` on lie in first..end.
__mmask16 between(int first, int end, int at) {
  if (first <= at && at + 16 <= end) return 0xffff;
  const uint32_t below_end = (1u << std::clamp(end - at, 0, 16)) - 1;
  return __mmask16(below_end & ~((1u << std::clamp(first - at, 0, 16)) - 1));
}

// Scores first..end of a row become weights, before they are divided by what is returned: their sum
// and the sink's. All others are zero.
float soften(float* scores, int n, int first, int end, float sink) {
  const int from = first / 16 * 16, to = (end + 15) / 16 * 16;
  __m512 most = _mm512_set1_ps(sink);
  for (int i = from; i < to; i += 16)
    most = _mm512_mask_max_ps(most, between(first, end, i), most, _mm512_loadu_ps(scores + i));
  const __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(most));
  __m512 sum = _mm512_maskz_mov_ps(1, exponential(_mm512_sub_ps(_mm512_set1_ps(sink), top)));
  for (int i = from; i < to; i += 16) {
    const __m512 weight = exponential(_mm512_sub_ps(_mm512_loadu_ps(scores + i), top));
    const __m512 kept = _mm512_maskz_mov_ps(between(first, end, i), weight);
    sum = _mm512_add_ps(sum, kept);
    _mm512_storeu_ps(scores + i, kept);
  }
  std::fill(scores, scores + from, 0.0f);
  std::fill(scores + to, scores + n, 0.0f);
  return _mm512_reduce_add_ps(sum);
}

template <typename T>
struct Room {  // of one thread
  using E = typename T::Element;
  std::vector<float> turned, scores, mixed;
  std::vector<E> queries, weights;
  explicit Room(const Shape& s) {
    const int most = int(std::min<int64_t>(s.padded, 2 * s.reach + 3 * kQueries));
    turned.resize(s.d);
    scores.resize(kQueries * most);
    mixed.resize(kQueries * s.d);
    queries.resize(kQueries * s.d);
    weights.resize(kQueries * most);
  }
};

// One item: the queries of a block that share a key head.
template <typename T>
void attend(const Shape& s, const Bounds& b, int64_t block, int j, const typename T::Element* qkv,
            const float* rope, const float* sinks, const typename T::Element* keys,
            const typename T::Element* values, typename T::Element* out, Room<T>& room) {
  const int q0 = int(block * kQueries), n = int(std::min<int64_t>(kQueries, s.n - q0));
  const auto first = [&](int i) { return std::max(b.first[i], i - s.reach); };
  const auto end = [&](int i) { return std::min(b.end[i], i + s.reach + 1); };
  const int from = first(q0) / kQueries * kQueries;
  const int n_keys = (end(q0 + n - 1) - from + kQueries - 1) / kQueries * kQueries;
  keys += (j * s.padded + from) * s.d;
  values += j * s.padded * s.d + from * kPanel;
  float sums[kQueries];
  const int group = s.heads / s.kv;
  for (int head = j * group; head < (j + 1) * group; ++head) {
    for (int i = 0; i < n; ++i) {
      const auto* query = qkv + int64_t(q0 + i) * s.width() + head * s.d;
      turn(query, rope + int64_t(q0 + i) * s.d, s.d, room.turned.data());
      narrow(room.turned.data(), s.d, room.queries.data() + i * s.d);
    }
    products<T>(room.queries.data(), n, s.d, keys, s.d * kPanel, room.scores.data(), n_keys);
    for (int i = 0; i < n; ++i) {
      float* scores = room.scores.data() + i * n_keys;
      sums[i] = soften(scores, n_keys, first(q0 + i) - from, end(q0 + i) - from, sinks[head]);
      narrow(scores, n_keys, room.weights.data() + i * n_keys);
    }
    const int64_t stride = s.padded * kPanel;
    products<T>(room.weights.data(), n, n_keys, values, stride, room.mixed.data(), s.d);
    for (int i = 0; i < n; ++i) {
      float* mixed = room.mixed.data() + i * s.d;
      for (int c = 0; c < s.d; ++c) mixed[c] *= 1.0f / sums[i];
      narrow(mixed, s.d, out + (int64_t(q0 + i) * s.heads + head) * s.d);
    }
  }
}

template <typename T>
void attend_all(const Shape& s, const void* qkv_, const float* rope, const int64_t* segments,
                const float* sinks, void* room_, void* out, int n_threads) {
  using E = typename T::Element;
  const Bounds bounds(segments, s.n);
  const auto* qkv = (const E*)qkv_;
  E *keys = (E*)room_, *values = keys + s.kv * s.padded * s.d;
  const int64_t n_blocks = s.padded / kQueries;
  std::atomic<int64_t> next{0};
  use_tiles();  // before the threads ask
#pragma omp parallel num_threads(n_threads)
  {
#pragma omp for
    for (int64_t i = 0; i < n_blocks; ++i) lay<T>(s, i, qkv, rope, keys, values);
    Room<T> room(s);
    for (int64_t i; (i = next++) < n_blocks * s.kv;)
      attend<T>(s, bounds, i / s.kv, int(i % s.kv), qkv, rope, sinks, keys, values, (E*)out, room);
#ifdef __AMX_TILE__
    if (use_tiles()) _tile_release();
#endif
  }
}

}  // namespace

extern "C" {

// qkv (n, heads + 2 kv, d), rope (n, d / 2, 2), segments (n), sinks (heads), out (n, heads * d);
// room for 2 * kv * padded * d numbers, padded being n up to a multiple of 32. d is a multiple of
// 32. type, of qkv, room and out: 0 bfloat16, 2 float32.
void run_attention(int64_t type, const void* qkv, const float* rope, const int64_t* segments,
                   const float* sinks, void* room, void* out, int64_t n, int64_t heads, int64_t kv,
                   int64_t d, int64_t reach, int64_t n_threads) {
  const int64_t padded = (n + kQueries - 1) / kQueries * kQueries;
  const Shape s{n, padded, int(heads), int(kv), int(d), int(std::min(reach, n))};
  const auto run = type == 0 ? attend_all<Bf16> : attend_all<Float32>;
  run(s, qkv, rope, segments, sinks, room, out, int(n_threads));
}

}  // extern "C"
