// The experts of one layer in one pass: gather, up, gated unit, down, weighted sum.
//
// Compiled on first use for the machine it runs on (see ../torch_kernel.py). Work is cut into
// (expert, rows) items that threads take one after the other.

#include <omp.h>

#include <atomic>
#include <vector>

#include "products.h"

namespace {

constexpr int kMaxRows = 64;  // rows of an item: their inputs stay in the second-level cache

__m512 gated(__m512 gate, __m512 linear, float alpha, float limit) {
  gate = _mm512_min_ps(gate, _mm512_set1_ps(limit));
  linear = _mm512_max_ps(_mm512_min_ps(linear, _mm512_set1_ps(limit)), _mm512_set1_ps(-limit));
  const __m512 e = exponential(_mm512_mul_ps(gate, _mm512_set1_ps(-alpha)));
  const __m512 top = _mm512_mul_ps(gate, _mm512_add_ps(linear, _mm512_set1_ps(1.0f)));
  return _mm512_div_ps(top, _mm512_add_ps(e, _mm512_set1_ps(1.0f)));
}

struct Layer {
  const char *up, *down;
  const float *up_bias, *down_bias, *up_scale, *down_scale;  // scales are null but for 8 bits
  int width, size;
  float alpha, limit;
};

__m512 finish(const float* sum, const float* scale, const float* bias, float row_scale) {
  const __m512 b = _mm512_loadu_ps(bias), s = _mm512_loadu_ps(sum);
  if (!scale) return _mm512_add_ps(s, b);
  return _mm512_fmadd_ps(s, _mm512_mul_ps(_mm512_loadu_ps(scale), _mm512_set1_ps(row_scale)), b);
}

// One item: `n` rows of expert `e`. `rows` names them; answers go to `out`, by row.
template <typename T>
void run_item(const Layer& l, int e, int n, const int64_t* rows, int k, const float* h,
              const float* shares, float* out, std::vector<char>& room) {
  using E = typename T::Element;
  using R = typename T::Row;
  const int most = std::max(l.width, l.size), n_up = 2 * l.size;
  float* sums = (float*)room.data();  // (n, max(n_up, width))
  float* active = sums + int64_t(kMaxRows) * std::max(n_up, l.width);
  R* inputs = (R*)(active + most);
  float scales[kMaxRows];
  for (int i = 0; i < n; ++i)
    scales[i] = narrow(h + rows[i] / k * l.width, l.width, inputs + int64_t(i) * l.width);
  products<T>(inputs, n, l.width, (const E*)l.up + int64_t(e) * l.width * n_up,
              l.width * kPanel, sums, n_up);
  const float* bias = l.up_bias + int64_t(e) * n_up;
  const float* scale = l.up_scale ? l.up_scale + int64_t(e) * n_up : nullptr;
  for (int i = 0; i < n; ++i) {
    const float* s = sums + int64_t(i) * n_up;
    for (int j = 0; j < l.size; j += 16) {
      const int g = j, u = j + l.size;
      const __m512 gate = finish(s + g, scale ? scale + g : nullptr, bias + g, scales[i]);
      const __m512 linear = finish(s + u, scale ? scale + u : nullptr, bias + u, scales[i]);
      _mm512_storeu_ps(active + j, gated(gate, linear, l.alpha, l.limit));
    }
    scales[i] = narrow(active, l.size, inputs + int64_t(i) * l.size);
  }
  products<T>(inputs, n, l.size, (const E*)l.down + int64_t(e) * l.size * l.width,
              l.size * kPanel, sums, l.width);
  bias = l.down_bias + int64_t(e) * l.width;
  scale = l.down_scale ? l.down_scale + int64_t(e) * l.width : nullptr;
  for (int i = 0; i < n; ++i) {
    const __m512 share = _mm512_set1_ps(shares[rows[i]]);
    for (int j = 0; j < l.width; j += 16) {
      const float* s = sums + int64_t(i) * l.width + j;
      const __m512 v = finish(s, scale ? scale + j : nullptr, bias + j, scales[i]);
      _mm512_storeu_ps(out + rows[i] * l.width + j, _mm512_mul_ps(share, v));
    }
  }
}

struct Item {
  int expert, n;
  int64_t first;
};

// Rows sorted by expert, those of one expert in their order.
struct Sorted {
  std::vector<int64_t> order, ends;  // ends: of each expert's rows
  Sorted(const int64_t* chosen, int64_t n_rows, int n_experts) : order(n_rows), ends(n_experts) {
    for (int64_t i = 0; i < n_rows; ++i) ++ends[chosen[i]];
    int64_t first = 0;
    for (auto& end : ends) first += std::exchange(end, first);
    for (int64_t i = 0; i < n_rows; ++i) order[ends[chosen[i]]++] = i;
  }
};

std::vector<Item> cut(const std::vector<int64_t>& ends) {
  std::vector<Item> items;
  int64_t first = 0;
  for (size_t e = 0; e < ends.size(); first = ends[e++]) {
    const int64_t count = ends[e] - first, n_items = (count + kMaxRows - 1) / kMaxRows;
    for (int64_t i = 0; i < n_items; ++i) {  // as equal as can be
      const int64_t a = count * i / n_items, b = count * (i + 1) / n_items;
      items.push_back({int(e), int(b - a), first + a});
    }
  }
  // The largest first, so that no thread is left alone with one at the end.
  std::stable_sort(items.begin(), items.end(), [](auto& a, auto& b) { return a.n > b.n; });
  return items;
}

template <typename T>
void run_all(const Layer& l, const std::vector<Item>& items, const int64_t* order, int k,
             const float* h, const float* shares, float* answers, int n_threads) {
  std::atomic<size_t> next{0};
  const int most = std::max(l.width, l.size);
  const size_t bytes = sizeof(float) * (size_t(kMaxRows) * std::max(2 * l.size, l.width) + most) +
                       sizeof(typename T::Row) * size_t(kMaxRows) * most + 64;
  use_tiles();  // before the threads ask
#pragma omp parallel num_threads(n_threads)
  {
    std::vector<char> room(bytes);
    for (size_t i; (i = next++) < items.size();) {
      const Item& it = items[i];
      run_item<T>(l, it.expert, it.n, order + it.first, k, h, shares, answers, room);
    }
#ifdef __AMX_TILE__
    if (use_tiles()) _tile_release();
#endif
  }
}

}  // namespace

extern "C" {

// h (n, width), chosen and shares (n, k), answers (n * k, width), out (n, width). Scales are null
// but for 8 bits. type: 0 bfloat16, 1 8 bits, 2 float32, 3 bfloat16 weights and float32 rows.
void run_experts(int64_t type, const float* h, const int64_t* chosen, const float* shares, const void* up, const float* up_bias, const float* up_scale, const void* down,
                 const float* down_bias, const float* down_scale, float* answers, float* out,
                 int64_t n, int64_t k, int64_t n_experts, int64_t width, int64_t size, float alpha,
                 float limit, int64_t n_threads) {
  const Layer l{(const char*)up, (const char*)down, up_bias,    down_bias, up_scale,
                down_scale,      int(width),        int(size),  alpha,     limit};
  const Sorted sorted(chosen, n * k, int(n_experts));
  const auto items = cut(sorted.ends);
  constexpr decltype(&run_all<Bf16>) all[] = {run_all<Bf16>, run_all<Int8>, run_all<Float32>,
                                              run_all<Widened>};
  all[type](l, items, sorted.order.data(), int(k), h, shares, answers, int(n_threads));
#pragma omp parallel for num_threads(n_threads) if (n > 64)
  for (int64_t i = 0; i < n; ++i)
    for (int64_t j = 0; j < width; j += 16) {
      __m512 sum = _mm512_loadu_ps(answers + i * k * width + j);
      for (int64_t c = 1; c < k; ++c)  // always in the same order
        sum = _mm512_add_ps(sum, _mm512_loadu_ps(answers + (i * k + c) * width + j));
      _mm512_storeu_ps(out + i * width + j, sum);
    }
}

int uses_tiles() { return use_tiles(); }

}  // extern "C"
