/** From results to lines, tables and charts. */
package io.magpie.bench.report;
