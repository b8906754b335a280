// Where tests import other people's play to, and how they read what was written.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "core/error.h"
#include "data/csv.h"
#include "data/data_set.h"
#include "data/frames_array.h"
#include "data/imports/import_play.h"
#include "formats/text.h"
#include "scratch_folder.h"

namespace drift {

namespace fs = std::filesystem;

struct Episode {
    std::string name;
    Frames frames;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    std::string at(std::size_t row, const std::string& column) const {
        auto found = std::find(columns.begin(), columns.end(), column);
        return found == columns.end() || row >= rows.size()
                   ? "none"
                   : rows[row][static_cast<std::size_t>(found - columns.begin())];
    }
    double number(std::size_t row, const std::string& column) const { return std::stod(at(row, column)); }
    // The buttons that are down.
    std::set<std::string> held(std::size_t row, const Buttons& buttons) const {
        std::set<std::string> down;
        for (const auto& button : buttons.buttons)
            if (at(row, lower_case_of(button.name)) == "1") down.insert(button.name);
        return down;
    }
    static std::string lower_case_of(std::string text) {
        for (char& c : text) c = static_cast<char>(std::tolower(c));
        return text;
    }
};

struct Imports : testing::Test {
    ScratchFolder folder;
    fs::path out = folder / "out";

    ImportResult import(const fs::path& source, ImportRequest request = {}) {
        request.source = source, request.out = out;
        return import_play(request, [](const ImportProgress&) {});
    }
    std::vector<Episode> episodes() const {
        std::vector<Episode> all;
        for (const auto& entry : fs::directory_iterator(out)) {
            if (!entry.is_directory()) continue;
            Episode one{
                entry.path().filename().string(), frames_of_array(entry.path() / "frames.npy", std::nullopt), {}, {}};
            CsvReader csv(read_text(entry.path() / "actions.csv", 1 << 20), "actions.csv", "frame");
            one.columns = csv.names();
            for (std::vector<std::string> fields; csv.next(fields);) one.rows.push_back(fields);
            all.push_back(std::move(one));
        }
        std::sort(all.begin(), all.end(), [](const Episode& a, const Episode& b) { return a.name < b.name; });
        return all;
    }
    // What was written is a data set that reads without a problem.
    DataSetReading reading() const {
        DataSetReading read = examine_data_set(out, PictureSize{16, 16}, Keep::facts);
        EXPECT_TRUE(read.problems.none()) << (read.problems.none() ? "" : read.problems.sentences().front());
        return read;
    }
    std::string refusal(const fs::path& source) {
        try {
            const ImportResult result = import(source);
            EXPECT_EQ(result.refused.size(), 1u);
            return result.refused.empty() ? "" : result.refused.front();
        } catch (const Error& error) {
            return error.what();
        }
    }
};

}  // namespace drift
