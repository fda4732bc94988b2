package dev.vat.project;

import java.util.List;

/// What a project's short name means.
public sealed interface Resolved {
  /// It means this project.
  record Found(ProjectId id) implements Resolved {}

  /// It could mean several; nobody guesses.
  ///
  /// @param candidates two or more, sorted
  record Ambiguous(List<ProjectId> candidates) implements Resolved {
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /// No project of that name is known. It may still be one that exists only in S3.
  ///
  /// @param closest up to three similar ids for "did you mean", the most similar first
  record Unknown(List<ProjectId> closest) implements Resolved {
    public Unknown {
      closest = List.copyOf(closest);
    }
  }
}
