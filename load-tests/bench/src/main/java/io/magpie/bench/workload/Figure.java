package io.magpie.bench.workload;

/** What is measured, with its unit. */
public enum Figure {
  DELIVERIES_PER_SECOND("deliveries/s"),
  SENDS_PER_SECOND("acked sends/s"),
  P50("p50 ms"),
  P95("p95 ms"),
  P99("p99 ms"),
  MAX("max ms"),
  ACK_P50("ack p50 ms"),
  ACK_P95("ack p95 ms"),
  ACK_P99("ack p99 ms"),
  ACK_MAX("ack max ms"),
  CPU_PER_MILLION("CPU-s/1M deliveries"),
  CPU_MS_PER_SEND("CPU ms/send"),
  CPU_MS_PER_CLIENT("CPU ms/client"),
  CONNECTIONS("connections"),
  SECONDS("seconds"),
  KIB_PER_CONNECTION("KiB/connection"),
  KIB_PER_CONNECTION_BEFORE_GC("KiB/connection before a collection"),
  KIB_SERVER("KiB of the server"),
  GENERATOR_BUSY("share of its core that the generator used");

  private final String title;

  Figure(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
