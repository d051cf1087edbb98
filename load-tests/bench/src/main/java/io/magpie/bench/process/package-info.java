/**
 * Programs beside the generator: started on the core that they are given, watched by what Linux
 * says of them (CPU time, resident memory), ended with it. Linux only.
 */
package io.magpie.bench.process;
