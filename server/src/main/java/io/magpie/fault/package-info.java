/** What tests of faults may switch on in a running server; off in every other run. */
package io.magpie.fault;
