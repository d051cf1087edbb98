package io.magpie.bench.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every message that was sent and what became of it. The first connection of a conversation that
 * gets a message sets its place; every other one has to get the same messages in the same order,
 * each once. Costs a few array accesses a delivery. Not thread-safe.
 */
public final class Ledger {
  private static final byte OPEN = 0;
  private static final byte ACKED = 1;
  private static final byte REFUSED = 2;

  private final int members;
  private final Order[] orders;
  private long[] intended = new long[1 << 12];
  private int[] conversations = new int[1 << 12];
  private byte[] states = new byte[1 << 12];
  private int[] places = new int[1 << 12];
  private int[] reached = new int[1 << 12];
  private int sent;
  private int acked;
  private int refused;
  private int placed;
  private int joined;
  private int lost;
  private long delivered;
  private long missed;
  private long repeated;
  private long foreign;
  private long now;
  private final Timings timings = new Timings();
  private final Latencies joins = new Latencies();
  private final Latencies catchUps = new Latencies();
  private int caughtUp;
  private final List<ComeAgain> turnedAway = new ArrayList<>();
  private final Map<String, Integer> problems = new TreeMap<>();

  private record ComeAgain(Link link, long at) {}

  /**
   * @param members of each conversation
   */
  public Ledger(int conversations, int members) {
    this.members = members;
    orders = new Order[conversations];
    Arrays.setAll(orders, i -> new Order());
  }

  /** The time of what is told next, as of System.nanoTime. */
  void at(long nanos) {
    now = nanos;
  }

  /** A message leaves; its number. */
  int sending(int conversation, long intendedNanos) {
    if (sent == intended.length) {
      int more = 2 * sent;
      intended = Arrays.copyOf(intended, more);
      conversations = Arrays.copyOf(conversations, more);
      states = Arrays.copyOf(states, more);
      places = Arrays.copyOf(places, more);
      reached = Arrays.copyOf(reached, more);
    }
    intended[sent] = intendedNanos;
    conversations[sent] = conversation;
    places[sent] = -1;
    return sent++;
  }

  /** The server promised to keep it. */
  public void acked(int id) {
    if (states[id] == OPEN) {
      states[id] = ACKED;
      acked++;
      time(timings.acks(), id);
    }
  }

  /** The server would not take it. */
  public void refused(int id, String why) {
    if (states[id] == OPEN) {
      states[id] = REFUSED;
      refused++;
      problem("refused: " + why);
      time(timings.refusals(why), id);
    }
  }

  /** A message came out at this client. */
  public void delivered(Link link, int id) {
    delivered++;
    time(timings.deliveries(), id);
    int conversation = link.member().conversation();
    if (id >= sent || conversations[id] != conversation) {
      foreign++;
      return;
    }
    Order order = orders[conversation];
    int position = link.position;
    if (position < order.size && order.ids[position] == id) {
      link.position = position + 1;
      reached(id);
      if (link.position == link.goal) {
        caughtUp(link);
      }
    } else if (places[id] < 0) {
      missed += order.size - position;
      places[id] = order.size;
      placed++;
      order.add(id);
      link.position = order.size;
      reached(id);
    } else if (places[id] < position) {
      repeated++;
    } else {
      missed += places[id] - position;
      link.position = places[id] + 1;
      reached(id);
    }
  }

  private void reached(int id) {
    if (++reached[id] == members) {
      time(timings.wholes(), id);
    }
  }

  /** From now on it is noted when these clients have what their conversations had until now. */
  void expectCatchUp(Iterable<Link> links) {
    for (Link link : links) {
      link.goal = orders[link.member().conversation()].size;
    }
  }

  private void caughtUp(Link link) {
    link.goal = -1;
    caughtUp++;
    catchUps.record(now - link.started());
  }

  private void time(Latencies latencies, int id) {
    if (id < sent) {
      timings.record(latencies, intended[id], now);
    }
  }

  /** The client is logged in and gets everything from now on. */
  public void joined(Link link) {
    if (link.state() == Link.State.OPEN) {
      link.state(Link.State.JOINED);
      joined++;
      joins.record(now - link.started());
    }
  }

  /**
   * The server ends the connection and asks to come again later. The time goes on until the client
   * has joined; one that had joined already has lost its connection.
   */
  public void turnedAway(Link link, long retryAfterMs, String frame) {
    if (link.state() == Link.State.JOINED) {
      lost(link, frame);
      link.drop();
    } else {
      link.comeAgain();
      turnedAway.add(new ComeAgain(link, now + retryAfterMs * 1_000_000));
    }
  }

  /** Clients that were turned away and may come again now. */
  List<Link> comingAgain(long nanos) {
    List<Link> due = new ArrayList<>();
    turnedAway.removeIf(
        each -> {
          boolean may = each.at() <= nanos;
          if (may) {
            due.add(each.link());
          }
          return may;
        });
    return due;
  }

  void lost(Link link, String why) {
    lost++;
    if (link.state() == Link.State.JOINED) {
      joined--;
    }
    problem(why);
  }

  /** The generator itself ended the connection. */
  void left(Link link) {
    if (link.state() == Link.State.JOINED) {
      joined--;
    }
  }

  /** Counts something that should not have happened. */
  public void problem(String what) {
    problems.merge(what, 1, Integer::sum);
  }

  /** Whether every message has its answer, and everybody has every message that has a place. */
  boolean settled() {
    return acked + refused == sent && delivered >= (long) acked * members;
  }

  long delivered() {
    return delivered;
  }

  int sent() {
    return sent;
  }

  /** How long messages took; by its bounds only some of them are measured. */
  Timings timings() {
    return timings;
  }

  int connected() {
    return joined;
  }

  int lostSoFar() {
    return lost;
  }

  boolean acknowledged(int id) {
    return states[id] == ACKED;
  }

  int unanswered() {
    return sent - acked - refused;
  }

  boolean open(int id) {
    return states[id] == OPEN;
  }

  /** Everything so far. */
  Answers answers() {
    BitSet kept = new BitSet(sent);
    BitSet turnedDown = new BitSet(sent);
    for (int id = 0; id < sent; id++) {
      kept.set(id, states[id] == ACKED);
      turnedDown.set(id, states[id] == REFUSED);
    }
    return new Answers(sent, kept, turnedDown);
  }

  Latencies joins() {
    return joins;
  }

  Latencies catchUps() {
    return catchUps;
  }

  int caughtUpSoFar() {
    return caughtUp;
  }

  /** Whether every message has its answer and has come out somewhere. */
  boolean answered() {
    return acked + refused == sent && placed >= acked;
  }

  /** The sums so far, and what is missing at this moment. */
  public Counts counts(Iterable<Link> links) {
    long missing = missed;
    for (Link link : links) {
      missing += orders[link.member().conversation()].size - link.position;
    }
    for (int id = 0; id < sent; id++) {
      if (states[id] == ACKED && places[id] < 0) {
        missing += members;
      }
    }
    return new Counts(
        sent,
        acked,
        refused,
        (long) acked * members,
        delivered,
        missing,
        repeated,
        foreign,
        lost,
        new TreeMap<>(problems));
  }
}
