/** Microbenchmarks of package-private classes of the server's package of this name. */
package io.magpie.gateway;
