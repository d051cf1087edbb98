package io.magpie.membership;

import io.magpie.access.Access;
import io.magpie.fanout.Signals;
import io.magpie.job.Jobs;
import io.magpie.storage.Database;
import io.magpie.stream.Writer;
import java.time.Clock;

/** What the chat features are built on; the composition root fills it. */
public record ChatParts(
    Database database,
    Writer writer,
    Access access,
    People people,
    Signals signals,
    Jobs jobs,
    Clock clock) {}
