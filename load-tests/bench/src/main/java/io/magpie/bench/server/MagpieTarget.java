package io.magpie.bench.server;

import io.magpie.bench.load.Ledger;
import io.magpie.bench.load.Link;
import io.magpie.bench.load.Member;
import io.magpie.bench.load.Wire;
import io.magpie.bench.load.World;
import io.magpie.bench.process.Child;
import io.magpie.bench.process.Family;
import io.magpie.bench.process.GarbageCollection;
import io.magpie.bench.wire.Markers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Magpie: one node or several on the same PostgreSQL and Redis. Members of a conversation are
 * spread over the nodes.
 */
public final class MagpieTarget implements Target {
  private static final String PASSWORD = "magpie-bench";
  private static final List<String> NOTES =
      List.of(
          "MAGPIE_ACCESS_TOKEN_TTL=1d",
          "MAGPIE_POSTGRES_CONNECT_TIMEOUT=30s",
          "MAGPIE_EXEMPT_NETWORKS=127.0.0.0/8",
          "MAGPIE_UNAUTHENTICATED_PER_NODE=10000",
          "MAGPIE_HELLOS_PER_SECOND=20000",
          "MAGPIE_HELLOS_BURST=20000",
          "MAGPIE_FRAMES_PER_SECOND=100",
          "MAGPIE_FRAMES_BURST=300",
          "MAGPIE_GROUP_MEMBERS=5000");

  /** For workloads that are about what lies behind the limits of a connection and of a user. */
  public static final Map<String, String> WITHOUT_RATE_LIMITS =
      Map.of("MAGPIE_FRAMES_PER_SECOND", "100000", "MAGPIE_FRAMES_BURST", "100000");

  private static final List<String> MORE_NOTES =
      List.of("overload with MAGPIE_FRAMES_PER_SECOND=100000 and MAGPIE_FRAMES_BURST=100000");

  private final Services services;
  private final Setup setup;
  private final boolean lasting;
  private final List<Child> nodes = new ArrayList<>();
  private final Map<Shape, List<String>> rooms = new HashMap<>();
  private final Map<Integer, MagpieApi> readers = new HashMap<>();
  private final int[] ports;
  private final int[] managementPorts;
  private final int[] memberPorts;
  private final int[] busPorts;
  private List<MagpieApi.Person> people = List.of();
  private Map<String, String> running = Map.of();

  public MagpieTarget(Services services) {
    this(services, false);
  }

  private MagpieTarget(Services services, boolean lasting) {
    this.services = services;
    this.lasting = lasting;
    setup = services.setup();
    ports = FreePorts.take(setup.nodes());
    managementPorts = FreePorts.take(setup.nodes());
    memberPorts = FreePorts.take(setup.nodes());
    busPorts = FreePorts.take(setup.nodes());
  }

  /**
   * Whose nodes go on, from preparing and from one workload to the next, as long as the same
   * settings are wanted: enough to see that everything works, and no way to measure.
   */
  public static MagpieTarget lasting(Services services) {
    return new MagpieTarget(services, true);
  }

  @Override
  public String name() {
    return setup.nodes() == 1 ? "Magpie" : "Magpie, " + setup.nodes() + " nodes";
  }

  /** Made by a node of its own whose rates are raised: the ones that are measured keep theirs. */
  @Override
  public void prepare(Collection<Shape> shapes) {
    nodes.add(node(0, "", WITHOUT_RATE_LIMITS));
    running = WITHOUT_RATE_LIMITS;
    MagpieApi api = new MagpieApi(ports[0]);
    people = api.people(PASSWORD, shapes.stream().mapToInt(Shape::users).max().orElseThrow());
    shapes.forEach(shape -> rooms.computeIfAbsent(shape, made -> api.conversations(circles(made))));
    if (!lasting) {
      stop();
    }
    services.analyze();
  }

  @Override
  public World world(Shape shape) {
    return new World(shape.conversations(), shape.members(), members(shape));
  }

  private List<List<MagpieApi.Person>> circles(Shape shape) {
    List<List<MagpieApi.Person>> circles = new ArrayList<>();
    for (int i = 0; i < shape.conversations(); i++) {
      circles.add(people.subList(i * shape.members(), (i + 1) * shape.members()));
    }
    return circles;
  }

  private List<Member> members(Shape shape) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < shape.users(); i++) {
      MagpieApi.Person person = people.get(i);
      int conversation = i / shape.members();
      String room = rooms.get(shape).get(conversation);
      members.add(
          new Member(person.id(), person.token(), ports[i % ports.length], conversation, room));
    }
    return members;
  }

  @Override
  public void fresh() {
    fresh(Map.of());
  }

  /** The same with settings of a workload of its own; {@link #notes()} has to name them. */
  public void fresh(Map<String, String> settings) {
    if (lasting && nodes.size() == setup.nodes() && running.equals(settings)) {
      return;
    }
    stop();
    running = settings;
    for (int i = 0; i < setup.nodes(); i++) {
      Map<String, String> environment = new HashMap<>(settings);
      environment.putAll(cluster(i));
      nodes.add(node(i, setup.cores().server(), environment));
    }
  }

  /**
   * Conversations for a year of messages, beside those of the API; no server may run meanwhile.
   *
   * @param circles whose people are in them: the conversations of a shape that was prepared
   * @param each conversations of each circle
   */
  public Backlog backlog(Shape circles, int each) {
    List<List<String>> ids =
        circles(circles).stream()
            .map(circle -> circle.stream().map(MagpieApi.Person::id).toList())
            .toList();
    return Backlog.of(services, ids, each);
  }

  /** How far the clients are in their conversations, by their numbers: the end, once joined. */
  public long cursor(Link link) {
    return ((MagpieCursors) link.memory()).cursor(link);
  }

  /**
   * Numbers of the benchmark's messages that a member reads in the history of the conversation.
   *
   * @param after a number of the conversation
   */
  public List<Integer> stored(Member member, long after) {
    Markers markers = new Markers(setup.bodyBytes());
    List<Integer> found = new ArrayList<>();
    for (String page :
        readers
            .computeIfAbsent(member.port(), MagpieApi::new)
            .history(member.room(), member.credential(), after)) {
      byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
      markers.find(bytes, 0, bytes.length, found::add);
    }
    return found;
  }

  /** What node {@code number} needs to find the others; nothing where there is only one. */
  private Map<String, String> cluster(int number) {
    if (setup.nodes() == 1) {
      return Map.of();
    }
    String members =
        Arrays.stream(memberPorts)
            .mapToObj(port -> "127.0.0.1:" + port)
            .collect(Collectors.joining(","));
    return Map.of(
        "MAGPIE_CLUSTER",
        "on",
        "MAGPIE_CLUSTER_HOST",
        "127.0.0.1",
        "MAGPIE_CLUSTER_PORT",
        Integer.toString(memberPorts[number]),
        "MAGPIE_CLUSTER_BUS_PORT",
        Integer.toString(busPorts[number]),
        "MAGPIE_CLUSTER_MEMBERS",
        members);
  }

  private Child node(int number, String cores, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    NOTES.forEach(note -> environment.put(note.split("=")[0], note.split("=")[1]));
    environment.putAll(more);
    environment.put("MAGPIE_DEMO_PASSWORD", PASSWORD);
    environment.put("MAGPIE_NODE_ID", "bench-" + number);
    environment.put("MAGPIE_HTTP_PORT", Integer.toString(ports[number]));
    environment.put("MAGPIE_MANAGEMENT_PORT", Integer.toString(managementPorts[number]));
    List<String> command = setup.magpie(setup.javaOptions());
    command.addAll(List.of("--config", services.file().toString()));
    return Child.start("node-" + number, setup.directory(), cores, command, environment)
        .await(() -> HttpProbe.answers(ports[number], "/health/ready"));
  }

  @Override
  public Function<Ledger, Wire> protocol() {
    return this::wire;
  }

  /** The same with messages that mention everybody. */
  public Function<Ledger, Wire> protocolToEverybody() {
    return ledger -> wire(ledger).toEverybody();
  }

  private MagpieWire wire(Ledger ledger) {
    return new MagpieWire(ledger, new Markers(setup.bodyBytes()));
  }

  @Override
  public Family family() {
    Family family = services.family();
    nodes.forEach(node -> family.with(SERVER, node.pid()));
    return family;
  }

  @Override
  public void collectGarbage() {
    nodes.forEach(node -> GarbageCollection.ofJava(node.pid()));
  }

  @Override
  public List<String> notes() {
    return Stream.concat(NOTES.stream(), MORE_NOTES.stream()).toList();
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public void stop() {
    nodes.forEach(Child::close);
    nodes.clear();
  }

  @Override
  public void close() {
    stop();
  }
}
