package io.magpie.load.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final long SENT = 1_735_689_600_000L;

  private final List<String> seen = new ArrayList<>();
  private final Log log =
      new Log() {
        @Override
        public void ok(String name, long from, long to) {
          seen.add(name + " " + (to - from));
        }

        @Override
        public void failed(String name, String why) {
          seen.add(name + ": " + why);
        }
      };
  private final Mailbox mailbox = new Mailbox();

  private static String event(long seq) {
    return """
        {"stream":"s","seq":%d,"kind":"message.sent",
         "data":{"body":{"type":"text","text":"%s"}}}"""
        .formatted(seq, Marker.text(SENT, 30));
  }

  private static String events(long... seqs) {
    List<String> all = new ArrayList<>();
    for (long seq : seqs) {
      all.add(event(seq));
    }
    return "{\"type\":\"events\",\"events\":[" + String.join(",", all) + "]}";
  }

  private void welcomed(long now, long after) {
    mailbox.hello("token", now);
    String welcome =
        """
        {"type":"welcome","epoch":"e","streams":[{"stream":"s","head":9,"after":%d}]}"""
            .formatted(after);
    assertTrue(mailbox.answers(welcome, now, log));
    assertTrue(mailbox.connected());
  }

  @Test
  void a_delivery_is_told_with_the_time_since_its_sending() {
    welcomed(SENT, 4);
    mailbox.take(events(5, 6), SENT + 7, log);
    assertEquals(List.of(Names.DELIVERED + " 7", Names.DELIVERED + " 7"), seen);
    assertEquals(6, mailbox.cursor("s"));
  }

  @Test
  void holes_and_repeated_events_are_failures() {
    welcomed(SENT, 4);
    mailbox.take(events(6), SENT, log);
    mailbox.take(events(6, 5), SENT, log);
    assertEquals(
        List.of(
            Names.BROKEN + ": hole of 1",
            Names.BROKEN + ": event twice",
            Names.BROKEN + ": event twice"),
        seen);
  }

  @Test
  void events_that_come_before_an_answer_are_not_lost() {
    welcomed(SENT, 4);
    mailbox.request("message.send", Map.of());
    assertFalse(mailbox.answers(events(5), SENT + 1, log));
    assertFalse(mailbox.answers("{\"type\":\"reply\",\"id\":99,\"ok\":true}", SENT, log));
    assertTrue(mailbox.answers("{\"type\":\"reply\",\"id\":1,\"ok\":true}", SENT, log));
    assertEquals(Mailbox.NONE, mailbox.refusal());
    assertEquals(List.of(Names.DELIVERED + " 1"), seen);
  }

  @Test
  void a_refusal_tells_its_code() {
    mailbox.request("message.send", Map.of());
    String reply =
        "{\"type\":\"reply\",\"id\":1,\"ok\":false,\"error\":{\"code\":\"rate_limited\"}}";
    assertTrue(mailbox.answers(reply, SENT, log));
    assertEquals("rate_limited", mailbox.refusal());
  }

  @Test
  void who_comes_back_names_cursors_and_pulls_what_is_too_much_to_be_pushed() throws Exception {
    welcomed(SENT - 100, 4);
    mailbox.disconnected();
    assertTrue(mailbox.hello("t", SENT + 50).contains("\"cursors\":{\"s\":4}"));
    welcomed(SENT + 50, 6);
    assertEquals(new Cursors.Pull("s", 4, 6), mailbox.cursors().pull().orElseThrow());
    String page = "{\"events\":[" + event(5) + "," + event(6) + "],\"upTo\":6,\"head\":6}";
    mailbox.arrivals().pulled(Mailbox.JSON.readTree(page), SENT + 90, log);
    assertTrue(mailbox.cursors().pull().isEmpty());
    assertEquals(List.of(Names.CAUGHT_UP + " 40", Names.CAUGHT_UP + " 40"), seen);
  }

  @Test
  void at_the_end_every_stream_is_where_the_server_says() throws Exception {
    welcomed(SENT, 4);
    String items = "[{\"stream\":\"s\",\"head\":5},{\"stream\":\"other\",\"head\":1}]";
    mailbox.cursors().expect(Mailbox.JSON.readTree(items));
    assertEquals(2, mailbox.cursors().behind());
    mailbox.take(events(5), SENT, log);
    assertEquals(1, mailbox.cursors().behind());
  }

  @Test
  void an_end_that_the_server_announces_is_a_failure() {
    welcomed(SENT, 4);
    mailbox.take(
        "{\"type\":\"error\",\"error\":{\"code\":\"slow_consumer\"},\"close\":true}", SENT, log);
    assertTrue(mailbox.cut());
    assertEquals(List.of(Names.CUT + ": slow_consumer"), seen);
  }

  @Test
  void a_status_is_news_once() {
    welcomed(SENT, 4);
    String signal =
        """
        {"type":"signals","signals":[{"kind":"presence","presence":
         {"user":"u","status":{"text":"%s"}}}]}"""
            .formatted(Marker.text(SENT, 24));
    mailbox.take(signal, SENT + 300, log);
    mailbox.take(signal, SENT + 900, log);
    assertEquals(List.of(Names.SEEN + " 300"), seen);
  }
}
