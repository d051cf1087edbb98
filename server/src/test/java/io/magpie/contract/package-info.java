/**
 * The contract against the server: everything that is promised is there, nothing else is, and what
 * does not fit the contract is refused without any effect. Cases are made from the schemas, so a
 * new operation is covered when its schema is written.
 */
package io.magpie.contract;
