/**
 * The contract and the documents, held against a running server. Test code only; every test starts
 * a server of its own.
 */
package io.magpie.contract;
