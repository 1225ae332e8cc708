/** Latencies of one kind of request, in ms. */
export class Latency {
  readonly #times: number[] = [];

  add(ms: number): void {
    this.#times.push(ms);
  }

  /** The latency that a share of the requests did not exceed; 0 without requests. */
  quantile(share: number): number {
    if (this.#times.length === 0) return 0;
    const sorted = this.#times.toSorted((a, b) => a - b);
    const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
    return Math.round((sorted[Math.max(0, at)] ?? 0) * 10) / 10;
  }

  summary(): { p50: number; p95: number; p99: number } {
    return { p50: this.quantile(0.5), p95: this.quantile(0.95), p99: this.quantile(0.99) };
  }
}
