/** What happens to people when a service behind the server is cut, stopped or full. */
package io.magpie.faults;
