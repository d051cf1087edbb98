package io.magpie.gateway;

/** A rate with a burst. Time is monotone nanoseconds. Not safe for several threads. */
public final class TokenBucket {
  private final double perNano;
  private final double burst;
  private double tokens;
  private long filledAt;

  /**
   * @param perSecond tokens that come back each second
   * @param burst tokens at most, and at the start
   */
  public TokenBucket(int perSecond, int burst, long now) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.tokens = burst;
    this.filledAt = now;
  }

  /** Takes one token if there is one. */
  public boolean take(long now) {
    if (!has(now)) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** Tokens that somebody else has taken; no more is owed than a burst. */
  void owe(int taken, long now) {
    has(now);
    tokens = Math.max(-burst, tokens - taken);
  }

  /** Whether there is a token. */
  public boolean has(long now) {
    tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
    filledAt = now;
    return tokens >= 1;
  }

  /** Milliseconds until there is a token again. */
  public long waitMs() {
    return (long) Math.ceil((1 - tokens) / perNano / 1e6);
  }
}
