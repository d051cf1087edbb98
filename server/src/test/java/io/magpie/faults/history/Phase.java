package io.magpie.faults.history;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far an operation has got. */
public enum Phase {
  @JsonProperty("invoke")
  INVOKE,
  @JsonProperty("ok")
  OK,
  /** It definitely had no effect. */
  @JsonProperty("fail")
  FAIL,
  /** Nobody can tell whether it had an effect. Never turned into {@link #FAIL}. */
  @JsonProperty("info")
  INFO
}
