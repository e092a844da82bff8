// A native yardstick for `npm run bench -- --reference`: the algorithms of src/solve in C++ for AVX2, solving only. Rewards
// are drawn beforehand; nothing is certified, decided or summed. Never part of the product.
//
// solve MODEL SECONDS: MODEL is written by reference.js. Prints CPU microseconds per reward function, then the mean POWER
// of the first state over all reward functions of the file, by which reference.js checks that both solve the same problem.
#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <vector>

/** Eight doubles, or sixteen singles: a cache line, two registers. */
struct Row {
  __m256d a, b;
  double operator[](int i) const { return i < 4 ? a[i] : b[i - 4]; }
};
struct Single {
  __m256 a, b;
  float operator[](int i) const { return i < 8 ? a[i] : b[i - 8]; }
};

static const double INFINITE = std::numeric_limits<double>::infinity();
static const double TOLERANCE = 1e-6;

static inline Row all(double x) { return {_mm256_set1_pd(x), _mm256_set1_pd(x)}; }
static inline Single all(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
#define OPERATOR(name, symbol)                                                                                         \
  static inline Row name(Row x, Row y) { return {x.a symbol y.a, x.b symbol y.b}; }                                    \
  static inline Row name(double x, Row y) { return all(x) symbol y; }                                                  \
  static inline Single name(Single x, Single y) { return {x.a symbol y.a, x.b symbol y.b}; }                           \
  static inline Single name(float x, Single y) { return all(x) symbol y; }
OPERATOR(operator+, +)
OPERATOR(operator-, -)
OPERATOR(operator*, *)
OPERATOR(operator/, /)
template <typename T> static inline T &operator+=(T &x, T y) { return x = x + y; }
template <typename T> static inline T &operator-=(T &x, T y) { return x = x - y; }
static inline Row larger(Row x, Row y) { return {_mm256_max_pd(x.a, y.a), _mm256_max_pd(x.b, y.b)}; }
static inline Row smaller(Row x, Row y) { return {_mm256_min_pd(x.a, y.a), _mm256_min_pd(x.b, y.b)}; }
static inline Single larger(Single x, Single y) { return {_mm256_max_ps(x.a, y.a), _mm256_max_ps(x.b, y.b)}; }
static inline Single smaller(Single x, Single y) { return {_mm256_min_ps(x.a, y.a), _mm256_min_ps(x.b, y.b)}; }
static inline bool anyBelow(Row x, Row y) {
  return _mm256_movemask_pd(_mm256_or_pd(_mm256_cmp_pd(x.a, y.a, _CMP_LT_OQ), _mm256_cmp_pd(x.b, y.b, _CMP_LT_OQ)));
}

template <typename T> struct Rows {
  T *at;
  explicit Rows(size_t count) : at(static_cast<T *>(aligned_alloc(64, std::max<size_t>(1, count) * sizeof(T)))) {}
  Rows(const Rows &) = delete;
  ~Rows() { free(at); }
  T &operator[](size_t i) { return at[i]; }
};

struct Model {
  int32_t states, groups, bandwidth, kind;
  double gamma;
  std::vector<int32_t> statePtr, rowPtr, successor, order, otherPtr, other, canStay, cyclePtr, cycleState, position;
  std::vector<double> probability, cycleFactor, rewards;
  std::vector<float> single;
};

template <typename T> static void read(FILE *file, std::vector<T> &into) {
  int32_t length;
  if (fread(&length, 4, 1, file) != 1) exit(2);
  into.resize(length);
  if (fread(into.data(), sizeof(T), length, file) != static_cast<size_t>(length)) exit(2);
}

static Model load(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(2);
  Model m;
  int32_t head[4];
  if (fread(head, 4, 4, file) != 4 || fread(&m.gamma, 8, 1, file) != 1) exit(2);
  m.states = head[0], m.groups = head[1], m.bandwidth = head[2], m.kind = head[3];
  for (auto *list : {&m.statePtr, &m.rowPtr, &m.successor, &m.order, &m.otherPtr, &m.other, &m.canStay, &m.cyclePtr,
                     &m.cycleState, &m.position})
    read(file, *list);
  for (auto *list : {&m.probability, &m.cycleFactor, &m.rewards}) read(file, *list);
  fclose(file);
  m.single.assign(m.probability.begin(), m.probability.end());
  return m;
}

/** best = max_a P_a h of one state. */
static inline Row backup(const Model &m, const Row *h, int s) {
  Row best = all(-INFINITE);
  for (int r = m.statePtr[s]; r < m.statePtr[s + 1]; r++) {
    Row sum = all(0.0);
    for (int k = m.rowPtr[r]; k < m.rowPtr[r + 1]; k++) sum += m.probability[k] * h[m.successor[k]];
    best = larger(best, sum);
  }
  return best;
}

/** One relative sweep; returns the POWER of state 0 if h is V up to a constant, and the widest change. */
static double sweep(const Model &m, const Row *rewards, const Row *h, Row *next, Row &power) {
  Row low = all(INFINITE), high = all(-INFINITE), reference = all(0.0), first = reference;
  for (int s = 0; s < m.states; s++) {
    Row best = backup(m, h, s);
    Row value = rewards[s] + m.gamma * best;
    if (s == 0) reference = value, first = best;
    next[s] = value - reference;
    low = smaller(low, value - h[s]);
    high = larger(high, value - h[s]);
  }
  power = (1 - m.gamma) * first + 0.5 * (low + high);
  double width = 0;
  for (int b = 0; b < 8; b++) width = std::max(width, high[b] - low[b]);
  return width;
}

static void passBack(const Model &m, const Row *rewards, Row *v) {
  const double horizon = 1 / (1 - m.gamma);
  for (int s : m.order) {
    Row best = all(-INFINITE);
    for (int k = m.otherPtr[s]; k < m.otherPtr[s + 1]; k++) best = larger(best, v[m.other[k]]);
    v[s] = rewards[s] + m.gamma * best;
    if (m.canStay[s]) v[s] = larger(v[s], horizon * rewards[s]);
  }
}

static void climb(const Model &m, const Row *rewards, Row *v) {
  const double horizon = 1 / (1 - m.gamma);
  Row least = all(INFINITE);
  for (int s = 0; s < m.states; s++) least = smaller(least, rewards[s]);
  for (int s = 0; s < m.states; s++) v[s] = horizon * (m.canStay[s] ? rewards[s] : least);
  for (size_t c = 0; c + 1 < m.cyclePtr.size(); c++) {
    const int from = m.cyclePtr[c], length = m.cyclePtr[c + 1] - from;
    Row around = all(0.0);
    for (int n = length - 1; n >= 0; n--) around = rewards[m.cycleState[from + n]] + m.gamma * around;
    around = m.cycleFactor[c] * around;
    for (int n = 0; n < length; n++) {
      const int s = m.cycleState[from + (n == 0 ? 0 : length - n)];
      if (n > 0) around = rewards[s] + m.gamma * around;
      v[s] = larger(v[s], around);
    }
  }
  for (int count = 1; count <= 200; count++) {
    bool hasChanged = false;
    for (int n = 0; n < m.states; n++) {
      const int s = m.order[count & 1 ? n : m.states - 1 - n];
      int k = m.otherPtr[s];
      if (k == m.otherPtr[s + 1]) continue;
      Row best = v[m.other[k]];
      for (k++; k < m.otherPtr[s + 1]; k++) best = larger(best, v[m.other[k]]);
      best = rewards[s] + m.gamma * best;
      hasChanged |= anyBelow(v[s], best);
      v[s] = larger(v[s], best);
    }
    if (!hasChanged) return;
  }
}

/** Sixteen reward functions in single precision, until the change is down to rounding or below the tolerance. */
static void sweepSingles(const Model &m, const Single *rewards, Single *&h, Single *&next) {
  const float gamma = static_cast<float>(m.gamma);
  for (int count = 0; count < 4000; count++) {
    Single low = all(std::numeric_limits<float>::infinity()), high = -1.0f * low, reference = all(0.0f), size = reference;
    for (int s = 0; s < m.states; s++) {
      Single best = all(-std::numeric_limits<float>::infinity());
      for (int r = m.statePtr[s]; r < m.statePtr[s + 1]; r++) {
        Single sum = all(0.0f);
        for (int k = m.rowPtr[r]; k < m.rowPtr[r + 1]; k++) sum += m.single[k] * h[m.successor[k]];
        best = larger(best, sum);
      }
      Single value = rewards[s] + gamma * best;
      if (s == 0) reference = value;
      next[s] = value - reference;
      size = larger(size, larger(next[s], -1.0f * next[s]));
      low = smaller(low, value - h[s]);
      high = larger(high, value - h[s]);
    }
    std::swap(h, next);
    bool isDone = true;
    for (int b = 0; b < 16; b++)
      if (high[b] - low[b] > std::max(TOLERANCE, 9 * std::ldexp(1.0, -24) * size[b])) isDone = false;
    if (isDone) return;
  }
}

/** Howard's policy iteration, chains eliminated in a band. */
struct Band {
  int width, w;
  Rows<Row> matrix, right;
  std::vector<int32_t> stateAt, policy;
  explicit Band(const Model &m)
      : width(2 * m.bandwidth + 1), w(m.bandwidth), matrix(static_cast<size_t>(m.states) * width), right(m.states),
        stateAt(m.states), policy(m.states * 8) {
    for (int s = 0; s < m.states; s++) stateAt[m.position[s]] = s;
  }
  bool improve(const Model &m, const Row *v, double slack) {
    bool hasChanged = false;
    for (int s = 0; s < m.states; s++) {
      Row sums[64];
      Row best = all(-INFINITE);
      const int from = m.statePtr[s], count = m.statePtr[s + 1] - from;
      for (int n = 0; n < count; n++) {
        sums[n] = all(0.0);
        for (int k = m.rowPtr[from + n]; k < m.rowPtr[from + n + 1]; k++)
          sums[n] += m.probability[k] * v[m.successor[k]];
        best = larger(best, sums[n]);
      }
      for (int b = 0; b < 8; b++) {
        int32_t &row = policy[8 * s + b];
        if (!(sums[row - from][b] + slack < best[b])) continue;
        hasChanged = true;
        for (int n = 0; n < count; n++)
          if (sums[n][b] == best[b]) row = from + n;
      }
    }
    return hasChanged;
  }
  void solve(const Model &m, const Row *rewards, Row *v) {
    for (int s = 0; s < m.states; s++) std::fill_n(&policy[8 * s], 8, m.statePtr[s]);
    for (int round = 0; round < 30; round++) {
      if (!improve(m, v, round == 0 ? 0 : 1e-12 / (1 - m.gamma)) && round > 0) return;
      const int n = m.states;
      std::fill_n(reinterpret_cast<double *>(matrix.at), static_cast<size_t>(n) * width * 8, 0.0);
      for (int i = 0; i < n; i++) {
        const int s = stateAt[i];
        Row *row = &matrix[static_cast<size_t>(i) * width];
        right[i] = rewards[s];
        row[w] = all(1.0);
        for (int b = 0; b < 8; b++) {
          const int r = policy[8 * s + b];
          for (int k = m.rowPtr[r]; k < m.rowPtr[r + 1]; k++)
            reinterpret_cast<double *>(&row[m.position[m.successor[k]] - i + w])[b] -= m.gamma * m.probability[k];
        }
      }
      for (int i = 0; i < n; i++) {
        Row *pivot = &matrix[static_cast<size_t>(i) * width + w];
        const int last = std::min(n - 1, i + w);
        const Row scale = 1.0 / pivot[0];
        pivot[0] = scale;
        for (int j = i + 1; j <= last; j++) {
          Row *entry = &matrix[static_cast<size_t>(j) * width + w - (j - i)];
          const Row factor = entry[0] * scale;
          if (!anyBelow(factor, all(0.0)) && !anyBelow(all(0.0), factor)) continue;
          for (int c = 1; c <= last - i; c++) entry[c] -= factor * pivot[c];
          right[j] -= factor * right[i];
        }
      }
      for (int i = n - 1; i >= 0; i--) {
        Row *pivot = &matrix[static_cast<size_t>(i) * width + w];
        Row x = right[i];
        for (int c = 1; c <= std::min(n - 1 - i, w); c++) x -= pivot[c] * right[i + c];
        right[i] = x * pivot[0];
        v[stateAt[i]] = right[i];
      }
    }
  }
};

int main(int count, char **arguments) {
  if (count != 3) return 2;
  const Model m = load(arguments[1]);
  const double seconds = atof(arguments[2]);
  const int n = m.states;
  Rows<Row> rewards(static_cast<size_t>(n) * m.groups), h(n), next(n);
  std::copy(m.rewards.begin(), m.rewards.end(), reinterpret_cast<double *>(rewards.at));
  Rows<Single> singleRewards(n), single(n), singleNext(n);
  Band band(m);
  double sum = 0, solved = 0;
  Row power = all(0.0);
  const auto finish = [&](const Row *of, bool untilDone) {
    Row *from = h.at, *to = next.at;
    for (int sweeps = 0; sweeps < 2000; sweeps++) {
      if (sweep(m, of, from, to, power) <= 2 * TOLERANCE || !untilDone) break;
      std::swap(from, to);
    }
  };
  const auto pass = [&]() {
    sum = 0;
    for (int g = 0; g + 1 < m.groups; g += 2) {
      const Row *pair[2] = {&rewards[static_cast<size_t>(g) * n], &rewards[static_cast<size_t>(g + 1) * n]};
      Single *from = single.at, *to = singleNext.at;
      if (m.kind == 2) {
        for (int s = 0; s < n; s++)
          for (int b = 0; b < 16; b++) reinterpret_cast<float *>(from + s)[b] = static_cast<float>(pair[b / 8][s][b % 8]);
        std::copy(from, from + n, singleRewards.at);
        sweepSingles(m, singleRewards.at, from, to);
      }
      for (int half = 0; half < 2; half++) {
        const Row *of = pair[half];
        if (m.kind == 0) passBack(m, of, h.at);
        if (m.kind == 1) climb(m, of, h.at);
        if (m.kind == 2)
          for (int s = 0; s < n; s++)
            for (int b = 0; b < 8; b++) reinterpret_cast<double *>(&h[s])[b] = from[s][8 * half + b];
        if (m.kind == 3) {
          std::copy(of, of + n, h.at);
          band.solve(m, of, h.at);
        }
        finish(of, m.kind == 2);
        for (int b = 0; b < 8; b++) sum += power[b];
        solved += 8;
      }
    }
  };
  pass();
  solved = 0;
  const clock_t start = clock();
  do pass();
  while (clock() - start < seconds * CLOCKS_PER_SEC);
  printf("%.17g %.17g\n", (clock() - start) * (1e6 / CLOCKS_PER_SEC) / solved, sum / (8 * (m.groups - m.groups % 2)));
}
