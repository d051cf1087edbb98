/**
 * A TCP proxy that lets things go wrong on purpose: slow, silent, cut or refused connections.
 *
 * <p>{@link io.magpie.testkit.proxy.TcpProxy} is the door; its rules hold for all connections,
 * {@link io.magpie.testkit.proxy.ProxyLink} is one of them. A connection and its counterpart live
 * on one event loop of the proxies' own; rules may be set from any other thread and hold for open
 * connections when the call returns. {@link io.magpie.testkit.proxy.ProxyCounts} proves that a
 * fault took effect: a run whose fault swallowed nothing has shown nothing.
 */
package io.magpie.testkit.proxy;
