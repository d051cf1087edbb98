/** The rules of the house (docs/architecture.md, "Layout"), held by machine. */
package io.magpie.house;
