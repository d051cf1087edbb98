package io.magpie.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Optional;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class AvatarTest {
  private static User user(String name) {
    return new User(
        new UUID(1, 2),
        "u",
        name,
        "member",
        Optional.empty(),
        Optional.empty(),
        "/x",
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "张伟, 张伟",
    "欧阳娜娜, 娜娜",
    "王, 王",
    "张伟 (VIP), 张伟",
    "Alice Smith, AS",
    "alice, A",
    "Jean-Luc Picard, JP",
    "ada.lovelace, AL",
    "Émile Zola, ÉZ",
    "🐦 🐦, ?",
    "𠮷野家, 野家",
    "7up, 7",
  })
  void letters_are_what_colleagues_would_say(String name, String letters) {
    assertThat(Avatar.letters(name)).isEqualTo(letters);
  }

  @Test
  void colour_stays_when_the_name_changes() {
    assertThat(Avatar.of(user("Before")).colour()).isEqualTo(Avatar.of(user("After")).colour());
  }

  @Test
  void a_name_with_markup_stays_text() throws Exception {
    String name = "<script>alert('&')</script>\" onload=\"x";
    String svg = Avatar.of(user(name)).svg();
    assertThat(svg).doesNotContain("<script");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(name);
    assertThat(document.getDocumentElement().getAttribute("aria-label")).isEqualTo(name);
    assertThat(document.getDocumentElement().hasAttribute("onload")).isFalse();
  }
}
