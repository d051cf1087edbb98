/**
 * What tests are made of: the real services, and later servers, clients and proxies to put between
 * them. Nothing here is part of the product.
 */
package io.magpie.testkit;
