// Products of a few rows with a matrix in panels, for one number type: what the kernels share.
//
// bfloat16 with AMX tiles or AVX512-BF16 dot products, 8 bits with AMX or AVX512-VNNI, and float32
// rows with float32 weights or with bfloat16 ones, widened exactly in registers. Sums are float32
// (int32 within a product of 8 bits); a row's result does not depend on its neighbours.
//
// Matrices lie in panels of 16 outputs, [n_out / 16][n_in / V][16][V] with V inputs side by side
// (1 of float32, 2 of bfloat16, 4 of int8), which is what all instruction sets read. n_out is a
// multiple of 32.

#pragma once

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace {

constexpr int kPanel = 16;    // outputs of a panel: one vector of float32
constexpr int kBlock = 12;    // rows of a product without tiles: 24 sums stay in registers

#ifdef __AMX_TILE__
constexpr bool kTiles = true;

// Tiles 0 to 3 sum, 4 and 5 hold rows, 6 and 7 hold weights. The last rows may be fewer than 16.
struct alignas(64) TileShapes {
  uint8_t palette = 1, start = 0, reserved[14] = {};
  uint16_t bytes[16] = {};
  uint8_t rows[16] = {};
};

void shape_tiles(int upper, int lower) {
  TileShapes s;
  for (int t = 0; t < 8; ++t) s.bytes[t] = 64;
  s.rows[0] = s.rows[1] = s.rows[4] = upper;
  s.rows[2] = s.rows[3] = s.rows[5] = lower ? lower : 1;
  s.rows[6] = s.rows[7] = 16;
  _tile_loadconfig(&s);
}

// Linux hands out the tile registers on request only.
bool ask_for_tiles() {
#ifdef __linux__
  return syscall(SYS_arch_prctl, 0x1023, 18) == 0;
#else
  return false;
#endif
}
#else
constexpr bool kTiles = false;
bool ask_for_tiles() { return false; }
#endif

bool use_tiles() {
  static const bool allowed = kTiles && ask_for_tiles();
  return allowed;
}

// One number type: the element of weights and of rows, how many inputs lie side by side, and one
// step of a product, which takes kSide inputs of a row.
struct Bf16 {
  using Element = uint16_t;
  using Row = uint16_t;
  using Sum = __m512;
  static constexpr int kSide = 2;
  static constexpr bool kInTiles = true;
  static Sum zero() { return _mm512_setzero_ps(); }
  static Sum step(Sum sum, const Row* row, __m512i weights) {
    return _mm512_dpbf16_ps(sum, (__m512bh)side_by_side(row), (__m512bh)weights);
  }
  static __m512 to_float(Sum sum) { return sum; }
  static __m512i side_by_side(const void* row) {
    int32_t side;
    std::memcpy(&side, row, 4);
    return _mm512_set1_epi32(side);
  }
};

struct Int8 {
  using Element = int8_t;
  using Row = int8_t;
  using Sum = __m512i;
  static constexpr int kSide = 4;
  static constexpr bool kInTiles = true;
  static Sum zero() { return _mm512_setzero_si512(); }
  // The processor multiplies unsigned by signed: the sign moves from the rows to the weights.
  static Sum step(Sum sum, const Row* row, __m512i weights) {
    const __m512i rows = Bf16::side_by_side(row);
    const __mmask64 negative = _mm512_movepi8_mask(rows);
    weights = _mm512_mask_sub_epi8(weights, negative, _mm512_setzero_si512(), weights);
    return _mm512_dpbusd_epi32(sum, _mm512_abs_epi8(rows), weights);
  }
  static __m512 to_float(Sum sum) { return _mm512_cvtepi32_ps(sum); }
};

struct Float32 {
  using Element = float;
  using Row = float;
  using Sum = __m512;
  static constexpr int kSide = 1;
  static constexpr bool kInTiles = false;
  static Sum zero() { return _mm512_setzero_ps(); }
  static Sum step(Sum sum, const Row* row, __m512i weights) {
    return _mm512_fmadd_ps(_mm512_set1_ps(row[0]), _mm512_castsi512_ps(weights), sum);
  }
  static __m512 to_float(Sum sum) { return sum; }
};

// A bfloat16 is the upper half of a float32: the even inputs of a pair are moved up, the odd ones
// lose what is below them.
struct Widened : Float32 {
  using Element = uint16_t;
  static constexpr int kSide = 2;
  static Sum step(Sum sum, const Row* row, __m512i weights) {
    const __m512i odd = _mm512_and_si512(weights, _mm512_set1_epi32(int(0xffff0000u)));
    sum = Float32::step(sum, row, _mm512_slli_epi32(weights, 16));
    return Float32::step(sum, row + 1, odd);
  }
};

// Rows x one panel pair, without tiles. The compiler would fold the loads into every product
// unless the weights are pinned to registers.
template <typename T, int R>
void product_vector(const typename T::Row* rows, int n_in, const typename T::Element* panel,
                    int64_t stride, float* out, int n_out) {
  typename T::Sum sum[R][2];
  for (int r = 0; r < R; ++r) sum[r][0] = sum[r][1] = T::zero();
  const int steps = n_in / T::kSide;
  for (int k = 0; k < steps; ++k) {
    __m512i w0 = _mm512_load_si512(panel + k * kPanel * T::kSide);
    __m512i w1 = _mm512_load_si512(panel + stride + k * kPanel * T::kSide);
    _mm_prefetch((const char*)(panel + (k + 16) * kPanel * T::kSide), _MM_HINT_T0);
    _mm_prefetch((const char*)(panel + stride + (k + 16) * kPanel * T::kSide), _MM_HINT_T0);
    asm volatile("" : "+v"(w0), "+v"(w1));
    for (int r = 0; r < R; ++r) {
      const auto* x = rows + r * n_in + k * T::kSide;
      sum[r][0] = T::step(sum[r][0], x, w0);
      sum[r][1] = T::step(sum[r][1], x, w1);
    }
  }
  for (int r = 0; r < R; ++r) {
    _mm512_storeu_ps(out + r * n_out, T::to_float(sum[r][0]));
    _mm512_storeu_ps(out + r * n_out + kPanel, T::to_float(sum[r][1]));
  }
}

// product_vector for 1 to kBlock rows.
template <typename T, int... I>
constexpr auto blocks_of(std::integer_sequence<int, I...>) {
  return std::array{&product_vector<T, I + 1>...};
}

template <typename T>
void products_vector(const typename T::Row* rows, int n_rows, int n_in,
                     const typename T::Element* weight, int64_t stride, float* out, int n_out) {
  static constexpr auto blocks = blocks_of<T>(std::make_integer_sequence<int, kBlock>());
  for (int n = 0; n < n_out; n += 2 * kPanel) {
    const auto* panel = weight + (n / kPanel) * stride;
    const int n_blocks = (n_rows + kBlock - 1) / kBlock;
    for (int i = 0; i < n_blocks; ++i) {  // as equal as can be: few rows wait for their own sums
      const int r = n_rows * i / n_blocks, n_block = n_rows * (i + 1) / n_blocks - r;
      blocks[n_block - 1](rows + int64_t(r) * n_in, n_in, panel, stride,
                          out + int64_t(r) * n_out + n, n_out);
    }
  }
}

#ifdef __AMX_TILE__
// A macro, since compilers want the numbers of tiles spelled out.
#define TILE_STEP(sum, rows, weights)                                                \
  do {                                                                               \
    if constexpr (std::is_same_v<T, Bf16>) _tile_dpbf16ps(sum, rows, weights);       \
    else _tile_dpbssd(sum, rows, weights);                                           \
  } while (0)

// Asks for the 16 lines of a tile in each panel of a pair, three tiles ahead; behind its end lies
// the next pair.
template <typename T>
void prefetch_tiles(const typename T::Element* weights, int k, int n_in, int64_t stride) {
  constexpr int kAhead = 3 * 64 / sizeof(typename T::Element);
  const auto* next = weights + kAhead * kPanel + (k + kAhead < n_in ? 0 : stride);
  for (int line = 0; line < 16; ++line) {
    _mm_prefetch((const char*)next + line * 64, _MM_HINT_T0);
    _mm_prefetch((const char*)(next + stride) + line * 64, _MM_HINT_T0);
  }
}

// Up to 32 rows x two panels in four tiles of sums. A pair of panels meets all rows while it is in
// the cache.
template <typename T>
void products_tiles(const typename T::Element* rows, int n_rows, int n_in,
                    const typename T::Element* weight, int64_t stride, float* out, int n_out) {
  using E = typename T::Element;
  constexpr int kDepth = 64 / sizeof(E);  // inputs of one tile
  const int last = (n_rows - 1) / 32 * 32;
  for (int n = 0; n < n_out; n += 2 * kPanel) {
    const E* panel = weight + (n / kPanel) * stride;
    for (int r = 0; r < n_rows; r += 32) {
      const int upper = std::min(16, n_rows - r), lower = std::clamp(n_rows - r - 16, 0, 16);
      if ((n == 0 && r == 0) || (last && (r == 0 || r == last))) shape_tiles(upper, lower);
      const E* x = rows + int64_t(r) * n_in;
      _tile_zero(0); _tile_zero(1); _tile_zero(2); _tile_zero(3);
      for (int k = 0; k < n_in; k += kDepth) {
        const E* w = panel + int64_t(k) * kPanel;
        if (r == 0) prefetch_tiles<T>(w, k, n_in, stride);
        _tile_loadd(4, x + k, n_in * sizeof(E));
        _tile_loadd(6, w, 64);
        _tile_loadd(7, w + stride, 64);
        TILE_STEP(0, 4, 6);
        TILE_STEP(1, 4, 7);
        if (lower) {
          _tile_loadd(5, x + int64_t(16) * n_in + k, n_in * sizeof(E));
          TILE_STEP(2, 5, 6);
          TILE_STEP(3, 5, 7);
        }
      }
      // Whole numbers stay such until all rows are there.
      float* y = out + int64_t(r) * n_out + n;
      _tile_stored(0, y, n_out * sizeof(float));
      _tile_stored(1, y + kPanel, n_out * sizeof(float));
      if (!lower) continue;
      y += int64_t(16) * n_out;
      _tile_stored(2, y, n_out * sizeof(float));
      _tile_stored(3, y + kPanel, n_out * sizeof(float));
    }
  }
  if constexpr (!std::is_same_v<typename T::Sum, __m512>)
    for (int64_t i = 0; i < int64_t(n_rows) * n_out; i += 16)
      _mm512_storeu_ps(out + i, _mm512_cvtepi32_ps(_mm512_loadu_si512(out + i)));
}
#endif

// rows (n_rows, n_in) x panels -> out (n_rows, n_out). Panels lie `stride` elements apart.
template <typename T>
void products(const typename T::Row* rows, int n_rows, int n_in,
              const typename T::Element* panels, int64_t stride, float* out, int n_out) {
#ifdef __AMX_TILE__
  // A tile costs the same with one row as with sixteen.
  if constexpr (T::kInTiles)
    if (n_rows > 3 && n_in % (64 / sizeof(typename T::Element)) == 0 && use_tiles())
      return products_tiles<T>(rows, n_rows, n_in, panels, stride, out, n_out);
#endif
  products_vector<T>(rows, n_rows, n_in, panels, stride, out, n_out);
}

// Cephes' expf on sixteen numbers; off by 2e-7 at most, relatively.
__m512 exponential(__m512 x) {
  x = _mm512_min_ps(_mm512_max_ps(x, _mm512_set1_ps(-87.3f)), _mm512_set1_ps(88.0f));
  const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504f)), 0);
  __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), x);
  r = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.12194440e-4f), r);
  __m512 p = _mm512_set1_ps(1.9875691500e-4f);
  for (const float c : {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f,
                        5.0000001201e-1f})
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(c));
  p = _mm512_add_ps(_mm512_fmadd_ps(p, _mm512_mul_ps(r, r), r), _mm512_set1_ps(1.0f));
  return _mm512_scalef_ps(p, n);
}

__m512 widen(const float* x) { return _mm512_loadu_ps(x); }

__m512 widen(const uint16_t* x) {
  const __m512i bits = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i*)x));
  return _mm512_castsi512_ps(_mm512_slli_epi32(bits, 16));
}

void store(__m512 x, float* out) { _mm512_storeu_ps(out, x); }

void store(__m512 x, uint16_t* out) {
  _mm256_storeu_si256((__m256i*)out, (__m256i)_mm512_cvtneps_pbh(x));
}

// Round a row of float32 to the type of the products; gives the row's scale.
float narrow(const float* x, int n, uint16_t* out) {
  for (int i = 0; i < n; i += 16) store(_mm512_loadu_ps(x + i), out + i);
  return 1.0f;
}

float narrow(const float* x, int n, int8_t* out) {
  __m512 most = _mm512_setzero_ps();
  for (int i = 0; i < n; i += 16) most = _mm512_max_ps(most, _mm512_abs_ps(_mm512_loadu_ps(x + i)));
  const float scale = std::max(_mm512_reduce_max_ps(most) / 127.0f, 1e-12f);
  const __m512 by = _mm512_set1_ps(1.0f / scale);
  for (int i = 0; i < n; i += 16)
    _mm_storeu_si128((__m128i*)(out + i), _mm512_cvtsepi32_epi8(_mm512_cvtps_epi32(
                                              _mm512_mul_ps(_mm512_loadu_ps(x + i), by))));
  return scale;
}

float narrow(const float* x, int n, float* out) {
  std::memcpy(out, x, n * sizeof(float));
  return 1.0f;
}

}  // namespace
