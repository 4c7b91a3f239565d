// What comes before the experts of a layer, and before its attention: norms, and the choice of
// experts.

#include <omp.h>

#include <cmath>

#include "products.h"

namespace {

// The k largest of n logits, the best first, and their shares. Of equals, the first one.
void choose(const float* logits, int n, int64_t* chosen, float* shares, int k) {
  std::fill(chosen, chosen + k, 0);
  std::fill(shares, shares + k, -INFINITY);
  for (int i = 0; i < n; i += 16) {
    const __mmask16 there = n - i < 16 ? (1u << (n - i)) - 1 : 0xffff;
    const __m512 some = _mm512_maskz_loadu_ps(there, logits + i);
    uint32_t better = _mm512_mask_cmp_ps_mask(there, some, _mm512_set1_ps(shares[k - 1]), _CMP_GT_OQ);
    for (; better; better &= better - 1) {
      const int at = i + __builtin_ctz(better);
      int place = k;
      for (; place && logits[at] > shares[place - 1]; --place)
        if (place < k) shares[place] = shares[place - 1], chosen[place] = chosen[place - 1];
      if (place < k) shares[place] = logits[at], chosen[place] = at;
    }
  }
  const float top = shares[0];
  float sum = 0;
  for (int i = 0; i < k; ++i) sum += shares[i] = std::exp(shares[i] - top);
  for (int i = 0; i < k; ++i) shares[i] /= sum;
}

// Root-mean-square norm of a row.
template <typename E>
void norm(const float* x, const float* scale, float eps, int width, E* out) {
  __m512 sum = _mm512_setzero_ps();
  for (int i = 0; i < width; i += 16) {
    const __m512 v = _mm512_loadu_ps(x + i);
    sum = _mm512_fmadd_ps(v, v, sum);
  }
  const __m512 by = _mm512_set1_ps(1.0f / std::sqrt(_mm512_reduce_add_ps(sum) / width + eps));
  for (int i = 0; i < width; i += 16) {
    const __m512 v = _mm512_mul_ps(_mm512_loadu_ps(x + i), by);
    store(_mm512_mul_ps(v, _mm512_loadu_ps(scale + i)), out + i);
  }
}

template <typename E>
void norm_all(const float* x, const float* scale, void* out, int64_t n, int width, int n_threads,
              float eps) {
#pragma omp parallel for num_threads(n_threads) if (n > 64)
  for (int64_t i = 0; i < n; ++i) norm(x + i * width, scale, eps, width, (E*)out + i * width);
}

}  // namespace

extern "C" {

// logits (n, n_experts); of each piece the k experts of the largest ones, the best first, and their
// shares by softmax: (n, k).
void choose_experts(const float* logits, int64_t* chosen, float* shares, int64_t n,
                    int64_t n_experts, int64_t k, int64_t n_threads) {
#pragma omp parallel for num_threads(n_threads) if (n > 64)
  for (int64_t i = 0; i < n; ++i)
    choose(logits + i * n_experts, int(n_experts), chosen + i * k, shares + i * k, int(k));
}

// x (n, width) -> out (n, width), of type 0 bfloat16 or 2 float32; scale (width).
void norm_rows(int64_t type, const float* x, const float* scale, void* out, int64_t n,
               int64_t width, int64_t n_threads, float eps) {
  const auto run = type == 0 ? norm_all<uint16_t> : norm_all<float>;
  run(x, scale, out, n, int(width), int(n_threads), eps);
}

}  // extern "C"
