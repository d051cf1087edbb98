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
  WHOLE_P50("p50 ms until all have it"),
  WHOLE_P99("p99 ms until all have it"),
  WHOLE_MAX("max ms until all have it"),
  CPU_PER_MILLION("CPU-s/1M deliveries"),
  CPU_MS_PER_SEND("CPU ms/send"),
  CPU_MS_PER_CLIENT("CPU ms/client"),
  CONNECTIONS("connections"),
  SECONDS("seconds"),
  KIB_PER_CONNECTION("KiB/connection"),
  KIB_PER_CONNECTION_BEFORE_GC("KiB/connection before a collection"),
  KIB_SERVER("KiB of the server"),
  STANDS("sends/s that it stands"),
  OFFERED("offered sends/s"),
  LATE("never sent, the generator was behind"),
  HELD_BACK("never sent, the connection took no more"),
  ACCEPTED_PERCENT("accepted %"),
  REFUSED_PERCENT("refused %"),
  UNANSWERED("without an answer"),
  KIB_BEFORE("KiB of the server before"),
  KIB_PEAK("KiB of the server at the peak"),
  KIB_AFTER("KiB of the server afterwards"),
  RECOVERED_SECONDS("seconds until it is itself again"),
  CONNECTIONS_LOST("connections lost"),
  ACKED_AND_LOST("acknowledged and not stored"),
  REFUSED_AND_STORED("refused and stored"),
  STORED_TWICE("stored twice"),
  MESSAGES("stored messages"),
  MIB_DATABASE("MiB of the database"),
  MIB_EVENTS("MiB of events"),
  MIB_EVENT_KEY("MiB of the events' key"),
  MIB_EVENT_LISTED("MiB of the index of entries"),
  MIB_EVENT_THREAD("MiB of the index of threads"),
  MIB_WRITES("MiB of client ids"),
  MIB_WRITE_KEY("MiB of the client ids' key"),
  GENERATOR_BUSY("share of its core that the generator used");

  private final String title;

  Figure(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
