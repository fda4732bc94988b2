package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RelativeNameProperties {
  private static final Path ROOT = Path.of("/brand/project").toAbsolutePath();

  @Property(tries = 5000)
  void a_name_that_was_taken_never_leads_out_of_its_folder(@ForAll("pathlike") String raw) {
    taken(raw)
        .ifPresent(
            name -> {
              Path resolved = ROOT.resolve(name.value());
              assertThat(resolved.normalize().toString()).isEqualTo(resolved.toString());
              assertThat(resolved.startsWith(ROOT)).isTrue();
              assertThat(resolved.getNameCount()).isGreaterThan(ROOT.getNameCount());
            });
  }

  @Property
  void reading_a_name_again_changes_nothing(@ForAll String raw) {
    taken(raw).ifPresent(name -> assertThat(RelativeName.of(name.value())).isEqualTo(name));
  }

  private static Optional<RelativeName> taken(String raw) {
    try {
      return Optional.of(RelativeName.of(raw));
    } catch (HostileNameException refused) {
      assertThat(refused.getMessage().chars()).noneMatch(Character::isISOControl);
      return Optional.empty();
    } catch (InvalidPathException notHere) {
      throw new AssertionError("taken, but impossible: " + raw, notHere);
    }
  }

  @Provide
  Arbitrary<String> pathlike() {
    return Arbitraries.of("a", "b", ".", "..", "/", "\\", ":", "C", "\u0000", "e\u0301", " ", "~")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
