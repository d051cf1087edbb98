/**
 * The bytes of WebSocket: a frame parser and writer that cost the generator as little as possible,
 * and the marks by which a delivery is recognised without decoding its frame. No I/O, no threads.
 */
package io.magpie.bench.wire;
