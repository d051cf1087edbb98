package io.magpie.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Wire;
import io.magpie.bench.wire.Bytes;
import io.magpie.bench.wire.Markers;

/** The protocol of {@link io.magpie.bench.peer.BareVertx}. */
record BareWire(Ledger ledger, Markers markers) implements Wire {
  @Override
  public byte[] upgrade(Link link) {
    return Upgrade.request(link.member().port(), "/", "").getBytes(US_ASCII);
  }

  @Override
  public void opened(Link link) {
    link.text(("j" + link.member().room()).getBytes(US_ASCII));
  }

  @Override
  public void message(Link link, byte[] bytes, int from, int to) {
    switch (bytes[from]) {
      case 'k' -> ledger.joined(link);
      case 'a' -> ledger.acked(Bytes.number(bytes, from + 1, to));
      default -> markers.find(bytes, from, to, id -> ledger.delivered(link, id));
    }
  }

  @Override
  public void send(Link link, int id) {
    String body = new String(markers.body(id), US_ASCII);
    link.text(("s" + id + " " + link.member().room() + " " + body).getBytes(US_ASCII));
  }
}
