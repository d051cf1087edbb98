package io.magpie.identity;

import io.magpie.operation.Peer;
import java.util.Optional;
import java.util.UUID;

/**
 * A device that logs in.
 *
 * @param device what the person will read in the list of devices
 * @param app the app that opens it for its user
 */
record NewSession(UUID user, String device, Peer peer, Optional<UUID> app) {}
