#include "lab/out_folder.h"

#include <utility>

#include "core/error.h"
#include "core/names.h"
#include "data/description.h"
#include "lab/sweep_files.h"
#include "model/world/world_file.h"

namespace drift {

void expect_no_other(const std::filesystem::path& folder, const std::string& wanted) {
    for (const auto& [file, kind] :
         {std::pair{data_toml, "a data set"}, {world_toml, "a world"}, {sweep_json, "a sweep"}})
        if (kind != wanted && !find_entry(folder, file).empty())
            throw Error(folder, "expected a new folder for " + wanted + ", found " + kind);
}

}  // namespace drift
