package dev.vat.index;

import dev.vat.project.ProjectId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What a search found.
///
/// @param projects whose ids hold all terms, by id
/// @param projectsInAll how many there are, told or not
/// @param texts files in whose text all terms are, the best first
/// @param textsInAll how many there are
/// @param names files whose path, with the project's id before it, holds all terms, and whose name
///     holds at least one; by project and name
/// @param namesInAll how many there are
public record Findings(
    List<FoundProject> projects,
    long projectsInAll,
    List<FoundText> texts,
    long textsInAll,
    List<Index.FoundFile> names,
    long namesInAll) {
  public Findings {
    projects = List.copyOf(projects);
    texts = List.copyOf(texts);
    names = List.copyOf(names);
  }

  /// What is found where nothing was ever read: ids alone.
  public static Findings amongIds(Query query, Filter filter, Collection<ProjectId> ids) {
    return Finding.amongIds(query, filter, ids);
  }

  /// @param places where copies are, or were; none when only the id is known
  public record FoundProject(ProjectId project, List<Index.Where> places) {
    public FoundProject {
      places = List.copyOf(places);
    }
  }

  /// @param lines one or more that show it
  public record FoundText(Index.FoundFile file, List<FoundLine> lines) {
    public FoundText {
      lines = List.copyOf(lines);
    }
  }

  /// @param number of the line in the file, from 1
  /// @param time where it is said in the recording, as the transcript writes it
  public record FoundLine(int number, Optional<String> time, Snippet snippet) {}
}
