package io.magpie.faults.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The catalogue. */
final class Cases {
  private static final Set<String> MINIMUM =
      Set.of("F01", "F08", "F11", "F17", "F25", "F27", "F38");

  private Cases() {}

  static List<FaultCase> all() {
    return Stream.of(
            NodeCases.all(),
            KillCases.all(),
            FlapCases.all(),
            RevocationCases.all(),
            UpgradeCases.all(),
            RedisCases.all(),
            PostgresCases.all(),
            SplitCases.all(),
            ClientCases.all(),
            HostCases.all(),
            MixedCases.all())
        .flatMap(List::stream)
        .sorted((one, two) -> one.id().compareTo(two.id()))
        .toList();
  }

  /** Those of every build. */
  static List<FaultCase> minimum() {
    return all().stream().filter(one -> MINIMUM.contains(one.id())).toList();
  }

  /**
   * Those of them that {@code -Dfaults.only} names by their ids or seeded bugs, separated by
   * commas; all without it.
   */
  static List<FaultCase> only(List<FaultCase> cases) {
    String ids = System.getProperty("faults.only", "");
    List<String> asked = List.of(ids.split(","));
    return cases.stream()
        .filter(one -> ids.isBlank() || asked.contains(one.id().replaceFirst(".* with ", "")))
        .toList();
  }
}
