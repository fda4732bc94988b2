package dev.vat.cli;

import dev.vat.project.FileKinds;
import dev.vat.project.Project;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectKind;
import dev.vat.project.ProjectTree;
import dev.vat.project.Projects;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.settings.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which projects are to be archived.
final class ArchiveChoice {
  private static final Pattern NUMBERED = Pattern.compile("([A-Za-z]?)([0-9]{1,9})-.*");

  private final Invocation invocation;
  private final CurrentRepository context;

  ArchiveChoice(Invocation invocation, CurrentRepository context) {
    this.invocation = invocation;
    this.context = context;
  }

  /// Those that were named, or the one whose folder this is.
  ///
  /// @throws CommandFailure (usage) when one is unknown or ambiguous
  List<ProjectId> named(List<String> words) throws IOException {
    List<ProjectId> chosen = new ArrayList<>();
    for (List<String> one :
        words.isEmpty() ? List.of(List.<String>of()) : words.stream().map(List::of).toList()) {
      ChosenProject project =
          ChosenProject.of(one, context, invocation.surroundings(), this::known);
      if (!project.files().isEmpty()) {
        throw CommandFailure.unknownProject(one.getFirst(), List.of());
      }
      if (!chosen.contains(project.id())) {
        chosen.add(project.id());
      }
    }
    return chosen;
  }

  /// Also those that are on a drive alone: archived already is no unknown project.
  private Collection<ProjectId> known() throws IOException {
    return KnownDrives.forLooking(invocation, context).file().read().projects().keySet();
  }

  /// The oldest active ones by letter and number: digits-first ones, then `a`, `b` …. Those without
  /// a number have no age by name, and are not among them.
  ///
  /// @throws CommandFailure (usage) when the number is none
  List<ProjectId> next(int count) throws IOException {
    if (count < 1) {
      throw CommandFailure.usage("--next " + count + " is no number of projects", "try --next 1");
    }
    return active().stream()
        .map(Project::id)
        .filter(id -> ProjectKind.of(id) != ProjectKind.NAMED)
        .sorted(byLetterAndNumber())
        .limit(count)
        .toList();
  }

  static Comparator<ProjectId> byLetterAndNumber() {
    return Comparator.comparing((ProjectId id) -> matched(id).group(1).toLowerCase(Locale.ROOT))
        .thenComparing(id -> Integer.valueOf(matched(id).group(2)))
        .thenComparing(Comparator.naturalOrder());
  }

  private static Matcher matched(ProjectId id) {
    Matcher matcher = NUMBERED.matcher(id.value());
    if (!matcher.matches()) {
      // A number beyond counting: last of its kind.
      matcher = NUMBERED.matcher("999999999-" + id);
      matcher.matches();
    }
    return matcher;
  }

  /// Active projects of which no file was changed for so long.
  List<ProjectId> olderThan(Duration age) throws IOException {
    Instant before = invocation.surroundings().clock().instant().minus(age);
    List<ProjectId> old = new ArrayList<>();
    for (Project project : active()) {
      if (lastChange(project.activeFolder().orElseThrow()).isBefore(before)) {
        old.add(project.id());
      }
    }
    return old;
  }

  private List<Project> active() throws IOException {
    Projects projects = new Projects(context.repository());
    List<Project> active = new ArrayList<>();
    for (Project project : projects.list().projects()) {
      if (projects.homeOf(project.id()) instanceof ProjectHome.Active) {
        active.add(project);
      }
    }
    return active;
  }

  /// A folder without files was never changed, and is nothing to archive.
  private Instant lastChange(Path folder) throws IOException {
    Instant[] last = {Instant.MIN};
    new ProjectTree(folder, new FileKinds(new Limits(context.settings()).heavyFileBytes()))
        .walk(
            new TreeVisitor() {
              @Override
              public void file(TreeFile file) {
                last[0] = file.modifiedAt().isAfter(last[0]) ? file.modifiedAt() : last[0];
              }

              @Override
              public void remark(TreeRemark remark) {
                // Told when it is archived.
              }
            });
    return last[0].equals(Instant.MIN) ? Instant.MAX : last[0];
  }
}
