package dev.vat.report;

import dev.vat.project.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which folders git ignores as a whole (design, section 2). One question to git, however many
/// there are; it ends in time.
public final class IgnoredProjects {
  private final Repository repository;
  private final Map<String, String> environment;
  private final boolean windows;

  /// @param environment for git's place, on the `PATH`
  public IgnoredProjects(Repository repository, Map<String, String> environment, boolean windows) {
    this.repository = repository;
    this.environment = environment;
    this.windows = windows;
  }

  /// @param folders relative to the repository, with `/`
  /// @return those that are ignored; none when the repository is in no git repository, or there is
  ///     no git on this computer
  /// @throws IOException when git cannot be asked
  public Set<String> among(Collection<String> folders) throws IOException {
    if (folders.isEmpty() || !Git.isRepository(repository.root())) {
      return Set.of();
    }
    Optional<Git> git = Git.installed(environment, repository.root(), windows);
    return git.isEmpty() ? Set.of() : ask(git.get(), List.copyOf(folders));
  }

  /// The same for any names.
  static Set<String> ask(Git program, List<String> names) throws IOException {
    if (names.isEmpty()) {
      return Set.of();
    }
    // --no-index: what the rules say, also of files that are tracked.
    Git.Answer answer = program.ask(names, "check-ignore", "--no-index", "-z", "--stdin");
    // 1 says that none of them is ignored (git-check-ignore(1)).
    if (answer.exit() > 1) {
      throw new IOException("git check-ignore: " + answer.error());
    }
    return new LinkedHashSet<>(answer.out());
  }

  static String name(Repository repository, Path folder) {
    return repository.root().relativize(folder).toString().replace('\\', '/');
  }
}
