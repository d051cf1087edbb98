package io.magpie.bench.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Wire;
import io.magpie.bench.wire.Bytes;
import io.magpie.bench.wire.Markers;

/**
 * XMPP over WebSocket (RFC 7395): an anonymous login, then a room of XEP-0045. A room sends every
 * message back to its sender once it is stored: that is the acknowledgement.
 */
record XmppWire(Ledger ledger, Markers markers) implements Wire {
  private static final byte[] OPEN =
      bytes("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>");
  private static final byte[] AUTH =
      bytes("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
  private static final byte[] BIND =
      bytes(
          "<iq xmlns='jabber:client' type='set' id='bind'>"
              + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
  private static final byte[] MESSAGE = bytes("<message");
  private static final byte[] FEATURES = bytes("<stream:features");
  private static final byte[] MECHANISMS = bytes("<mechanisms");
  private static final byte[] SUCCESS = bytes("<success");
  private static final byte[] BOUND = bytes("id='bind'");
  private static final byte[] MYSELF = bytes("code='110'");
  private static final byte[] ERROR = bytes("type='error'");

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  @Override
  public byte[] upgrade(Link link) {
    return bytes(Upgrade.request(link.member().port(), "/ws", "xmpp"));
  }

  @Override
  public void opened(Link link) {
    link.text(OPEN);
  }

  @Override
  public void message(Link link, byte[] bytes, int from, int to) {
    if (Bytes.find(bytes, from, to, ERROR) >= 0) {
      ledger.problem(new String(bytes, from, Math.min(300, to - from), US_ASCII));
    } else if (Bytes.at(bytes, from, to, MESSAGE)) {
      delivered(link, bytes, from, to);
    } else if (Bytes.at(bytes, from, to, FEATURES)) {
      link.text(Bytes.find(bytes, from, to, MECHANISMS) >= 0 ? AUTH : BIND);
    } else if (Bytes.at(bytes, from, to, SUCCESS)) {
      link.text(OPEN);
    } else if (Bytes.find(bytes, from, to, BOUND) >= 0) {
      join(link);
    } else if (Bytes.find(bytes, from, to, MYSELF) >= 0) {
      ledger.joined(link);
    }
  }

  private void delivered(Link link, byte[] bytes, int from, int to) {
    boolean mine = Bytes.find(bytes, from, to, bytes(address(link) + "'")) >= 0;
    markers.find(
        bytes,
        from,
        to,
        id -> {
          ledger.delivered(link, id);
          if (mine) {
            ledger.acked(id);
          }
        });
  }

  private static String address(Link link) {
    return link.member().room() + "@conference.localhost/" + link.member().name();
  }

  private static void join(Link link) {
    link.text(
        bytes(
            "<presence xmlns='jabber:client' to='"
                + address(link)
                + "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
                + "</presence>"));
  }

  @Override
  public void send(Link link, int id) {
    link.text(
        bytes(
            "<message xmlns='jabber:client' type='groupchat' id='m"
                + id
                + "' to='"
                + link.member().room()
                + "@conference.localhost'><body>"
                + new String(markers.body(id), US_ASCII)
                + "</body></message>"));
  }
}
