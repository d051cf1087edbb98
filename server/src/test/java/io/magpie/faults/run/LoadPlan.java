package io.magpie.faults.run;

import java.time.Duration;

/**
 * Who is there while a fault is, and what they do.
 *
 * @param people each with one device
 * @param members of each group, its owner included
 * @param sendsPerSecond over all groups
 * @param characters of a message
 * @param churn how often somebody is removed from a group and taken back; zero for never
 */
public record LoadPlan(
    int people, int groups, int members, int sendsPerSecond, int characters, Duration churn) {
  /** 20 groups of 8, 80 sends a second: enough to meet races, and leaves CPU for the fault. */
  public static final LoadPlan BASE = new LoadPlan(40, 20, 8, 80, 40, Duration.ZERO);

  public LoadPlan people(int number) {
    return new LoadPlan(number, groups, members, sendsPerSecond, characters, churn);
  }

  public LoadPlan groups(int number, int membersOfEach) {
    return new LoadPlan(people, number, membersOfEach, sendsPerSecond, characters, churn);
  }

  public LoadPlan rate(int perSecond) {
    return new LoadPlan(people, groups, members, perSecond, characters, churn);
  }

  public LoadPlan characters(int number) {
    return new LoadPlan(people, groups, members, sendsPerSecond, number, churn);
  }

  public LoadPlan churn(Duration every) {
    return new LoadPlan(people, groups, members, sendsPerSecond, characters, every);
  }
}
