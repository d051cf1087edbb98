package io.magpie.bench.load;

import java.util.BitSet;

/**
 * What the server said to each message, by its number.
 *
 * @param sent messages, numbered from 0
 * @param acked those that it promised to keep
 * @param refused those that it would not take; what is in neither has no answer
 */
public record Answers(int sent, BitSet acked, BitSet refused) {}
