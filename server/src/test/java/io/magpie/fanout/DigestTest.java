package io.magpie.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class DigestTest {
  /** Published test vectors of FNV-1a, 32 bit (draft-eastlake-fnv, appendix C). */
  @Test
  void the_hash_is_fnv_1a() {
    assertThat(Digest.fnv1a("")).isEqualTo(0x811c9dc5);
    assertThat(Digest.fnv1a("a")).isEqualTo(0xe40c292c);
    assertThat(Digest.fnv1a("foobar")).isEqualTo(0xbf9cf968);
  }

  @Test
  void the_order_of_streams_does_not_matter() {
    UUID one = UUID.fromString("00000000-0000-4000-8000-000000000001");
    UUID two = UUID.fromString("00000000-0000-4000-8000-000000000002");
    Digest forth = new Digest();
    forth.add(one, 5);
    forth.add(two, 7);
    Digest back = new Digest();
    back.add(two, 7);
    back.add(one, 5);
    assertThat(forth.hash()).isEqualTo(back.hash()).isBetween(0L, 4294967295L);
    assertThat(forth.count()).isEqualTo(2);
  }
}
