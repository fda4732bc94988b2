package dev.vat.index;

import dev.vat.project.ProjectId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One search through the index.
final class Finding {
  /// Of one file: more lines of it say little more.
  private static final int MOST_LINES = 3;

  private final Connection connection;
  private final Query query;
  private final Filter filter;
  private final Collection<ProjectId> alsoKnown;

  /// @param alsoKnown ids that are looked through too, of projects in places that nobody reads
  Finding(Connection connection, Query query, Filter filter, Collection<ProjectId> alsoKnown) {
    this.connection = connection;
    this.query = query;
    this.filter = filter;
    this.alsoKnown = alsoKnown;
  }

  /// What ids alone give.
  static Findings amongIds(Query query, Filter filter, Collection<ProjectId> ids) {
    Map<ProjectId, List<Index.Where>> found = new TreeMap<>();
    addIds(found, query, filter, ids);
    return new Findings(shown(found, filter), found.size(), List.of(), 0, List.of(), 0);
  }

  private static void addIds(
      Map<ProjectId, List<Index.Where>> into,
      Query query,
      Filter filter,
      Collection<ProjectId> ids) {
    if (filter.kinds().contains(Filter.Kind.ID)) {
      ids.stream()
          .filter(id -> query.isIn(Folded.of(id.value())) && filter.project().test(id.value()))
          .forEach(id -> into.putIfAbsent(id, new ArrayList<>()));
    }
  }

  private static List<Findings.FoundProject> shown(
      Map<ProjectId, List<Index.Where>> found, Filter filter) {
    return found.entrySet().stream()
        .limit(filter.most())
        .map(one -> new Findings.FoundProject(one.getKey(), one.getValue()))
        .toList();
  }

  Findings findings() throws SQLException {
    List<Findings.FoundProject> projects = new ArrayList<>();
    long projectsInAll = filter.kinds().contains(Filter.Kind.ID) ? projects(projects) : 0;
    List<Findings.FoundText> texts = new ArrayList<>();
    long textsInAll = filter.kinds().contains(Filter.Kind.TEXT) ? texts(texts) : 0;
    List<Index.FoundFile> names = new ArrayList<>();
    long namesInAll = filter.kinds().contains(Filter.Kind.NAME) ? names(names) : 0;
    return new Findings(projects, projectsInAll, texts, textsInAll, names, namesInAll);
  }

  private long projects(List<Findings.FoundProject> into) throws SQLException {
    Map<ProjectId, List<Index.Where>> found = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT * FROM places ORDER BY present DESC, " + Index.NEAREST + ", id");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        if (query.isIn(row.getString("folded"))) {
          Index.Where where = Index.where(row);
          if (filter.project().test(where.place().project().value())) {
            found.computeIfAbsent(where.place().project(), _ -> new ArrayList<>()).add(where);
          }
        }
      }
    }
    addIds(found, query, filter, alsoKnown);
    into.addAll(shown(found, filter));
    return found.size();
  }

  /// A scan, since any part of a name shall be found: some tens of milliseconds for 200,000 names.
  private long names(List<Index.FoundFile> into) throws SQLException {
    StringBuilder sql =
        new StringBuilder("SELECT p.project, f.name FROM places p JOIN files f ON f.place = p.id");
    StringBuilder any = new StringBuilder();
    for (int i = 0; i < query.terms().size(); i++) {
      sql.append(i == 0 ? " WHERE " : " AND ")
          .append("(instr(f.folded, ?) > 0 OR instr(p.folded, ?) > 0)");
      any.append(i == 0 ? " AND (" : " OR ").append("instr(f.folded, ?) > 0");
    }
    sql.append(any).append(") ORDER BY p.project, f.name");
    long all = 0;
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      int parameter = 0;
      for (Query.Term term : query.terms()) {
        select.setString(++parameter, term.folded());
        select.setString(++parameter, term.folded());
      }
      for (Query.Term term : query.terms()) {
        select.setString(++parameter, term.folded());
      }
      String project = "";
      String name = "";
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String nextProject = row.getString(1);
          String nextName = row.getString(2);
          boolean same = nextProject.equals(project) && nextName.equals(name);
          project = nextProject;
          name = nextName;
          if (!same && filter.project().test(project) && filter.name().test(name)) {
            if (all < filter.most()) {
              into.add(Index.file(connection, new ProjectId(project), name));
            }
            all++;
          }
        }
      }
    }
    return all;
  }

  private long texts(List<Findings.FoundText> into) throws SQLException {
    Optional<String> match = query.forFts();
    if (match.isEmpty()) {
      return 0;
    }
    long all = 0;
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT w.id, p.project, f.name
            FROM (SELECT rowid AS id, rank AS goodness FROM words WHERE words MATCH ?) w
            JOIN files f ON f.text = w.id JOIN places p ON p.id = f.place
            ORDER BY w.goodness, w.id, p.project, f.name""")) {
      select.setString(1, match.get());
      LineSearch search = new LineSearch(query);
      String last = "";
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String project = row.getString(2);
          String name = row.getString(3);
          String key = row.getLong(1) + "/" + project + "/" + name;
          if (!key.equals(last) && filter.project().test(project) && filter.name().test(name)) {
            if (all < filter.most()) {
              text(row.getLong(1), new ProjectId(project), name, search, into);
            }
            all++;
          }
          last = key;
        }
      }
    }
    return all;
  }

  private void text(
      long id, ProjectId project, String name, LineSearch search, List<Findings.FoundText> into)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT body, length FROM texts WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return;
        }
        Optional<String> text = StoredText.unpacked(row.getBytes(1), row.getInt(2));
        List<Findings.FoundLine> lines =
            search.in(text.orElse(""), MOST_LINES).stream()
                .map(m -> new Findings.FoundLine(m.line().number(), m.line().time(), Snippet.of(m)))
                .toList();
        into.add(new Findings.FoundText(Index.file(connection, project, name), lines));
      }
    }
  }
}
