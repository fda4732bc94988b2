package dev.vat.report;

import dev.vat.cloud.ObjectStore;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.Project;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectTree;
import dev.vat.project.Projects;
import dev.vat.project.RelativeName;
import dev.vat.project.Repository;
import dev.vat.project.TravelProblem;
import dev.vat.project.TravelRules;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Which shared files here have a name that differs in capital letters only from one in S3: each
/// side alone is fine, and together they are one file on Windows and most Macs.
final class SharedNamesExamination implements Examination {
  private final ObjectStore store;
  private final String prefix;
  private final Repository repository;
  private final FileKinds kinds;
  private final Patience patience;

  /// @param prefix what every key of the repository begins with
  SharedNamesExamination(
      ObjectStore store, String prefix, Repository repository, FileKinds kinds, Patience patience) {
    this.store = store;
    this.prefix = prefix;
    this.repository = repository;
    this.kinds = kinds;
    this.patience = patience;
  }

  @Override
  public Check check() {
    return Check.SHARED_NAMES;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    SortedMap<String, Set<RelativeName>> inS3 = patience.ask(this::inS3);
    boolean good = true;
    for (Project project : new Projects(repository).list().projects()) {
      Set<RelativeName> there = inS3.getOrDefault(project.id().value(), Set.of());
      if (project.activeFolder().isPresent() && !there.isEmpty()) {
        Path staging = project.activeFolder().get().resolve(ProjectHome.STAGING);
        good &= look(project.id().value(), here(staging), there, to);
      }
    }
    if (good) {
      to.accept(
          Finding.ok(
              Check.SHARED_NAMES,
              "No shared file's name differs only in capital letters from one in S3."));
    }
  }

  private SortedMap<String, Set<RelativeName>> inS3() throws IOException {
    SortedMap<String, Set<RelativeName>> names = new TreeMap<>();
    store.list(
        prefix,
        object -> {
          String[] parts = object.key().substring(prefix.length()).split("/", 2);
          if (parts.length < 2 || parts[0].startsWith(".")) {
            return;
          }
          try {
            RelativeName name = RelativeName.of(parts[1]);
            if (kinds.of(name, object.sizeBytes()) != FileKind.JUNK) {
              names.computeIfAbsent(parts[0], _ -> new TreeSet<>()).add(name);
            }
          } catch (HostileNameException e) {
            // No file here can collide with it; vat status tells of such keys.
          }
        });
    return names;
  }

  /// Nothing where the folder cannot be looked at: the examination of the projects tells that.
  private Set<RelativeName> here(Path staging) {
    Set<RelativeName> names = new TreeSet<>();
    TreeVisitor visitor =
        new TreeVisitor() {
          @Override
          public void file(TreeFile file) {
            names.add(file.name());
          }

          @Override
          public void remark(TreeRemark remark) {
            // Told by the examination of the projects.
          }
        };
    if (!Files.exists(staging, LinkOption.NOFOLLOW_LINKS)) {
      return names;
    }
    try {
      new ProjectTree(staging, kinds).walk(visitor);
    } catch (IOException told) {
      names.clear();
    }
    return names;
  }

  /// @return whether nothing was found
  private static boolean look(
      String project, Set<RelativeName> here, Set<RelativeName> there, Consumer<Finding> to) {
    boolean good = true;
    for (TravelProblem problem : TravelRules.check(here, there)) {
      boolean withOneInS3 = !here.containsAll(problem.names());
      if (problem.rule() == TravelProblem.Rule.CASE_COLLISION && withOneInS3) {
        good = false;
        to.accept(
            Finding.warning(
                Check.SHARED_NAMES,
                project + ", here and in S3: " + problem.message() + ".",
                problem.remedy()));
      }
    }
    return good;
  }
}
