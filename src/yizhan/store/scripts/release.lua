local key = ARGV[4]
local job = load(key)
for _, held in ipairs(job and live_jobs(job.openid) or {}) do
  if pass_on(held, key, FREE) then
    save(held)
  end
end
return false
